#pragma once

namespace present {

// While this lives a terminal does not show what is typed: a line feed among it would move the
// cursor away from where the live block is drawn. What is typed stays for whoever reads next.
//
// The echo is back when this goes, when a signal ends the process (SIGINT, SIGTERM, SIGHUP,
// SIGQUIT) and while SIGTSTP has it stopped. A process in the background leaves the terminal alone.
// What SIGKILL leaves behind, shells with line editing put right. At most one lives at a time.
class EchoOff {
public:
    explicit EchoOff(int terminal);
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;
    ~EchoOff();

    // Whether the process was stopped and goes on since this was asked last: then others have
    // written to the terminal.
    [[nodiscard]] static bool was_continued();
};

}  // namespace present
