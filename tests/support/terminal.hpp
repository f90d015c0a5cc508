#pragma once

#include <cstddef>
#include <string>
#include <sys/types.h>
#include <vector>

namespace support {

// A program on a terminal of its own, which a test types on and looks at. Killed when this goes.
class OnTerminal {
public:
    struct Size {
        unsigned short columns = 80;
        unsigned short rows = 24;
    };

    explicit OnTerminal(const std::vector<std::string>& command) : OnTerminal(command, Size{}) {}
    OnTerminal(const std::vector<std::string>& command, Size size);
    OnTerminal(const OnTerminal&) = delete;
    OnTerminal& operator=(const OnTerminal&) = delete;
    ~OnTerminal();

    void type(const std::string& text) const;
    void stop() const { type("\x13"); }   // Ctrl-S
    void go_on() const { type("\x11"); }  // Ctrl-Q
    [[nodiscard]] bool echoes() const;
    void signal(int number) const;

    // Reads until this was shown, at most a minute; throws then, or when the program ends before.
    void wait_for(const std::string& text);
    // Waits for the program's end, at most a minute, and gives its exit code; 128 + the signal that
    // ended it.
    int wait();
    // All that was written, with the control sequences.
    [[nodiscard]] const std::string& written() const { return written_; }

private:
    bool read_some();

    pid_t pid_ = -1;
    int terminal_ = -1;
    std::string written_;
};

}  // namespace support
