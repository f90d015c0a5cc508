#pragma once

#include <csignal>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

// Runs programs and catches what they say, for tests of the real binary.
namespace support {

struct Ended {
    int code = -1;  // 128 + the signal that ended it
    std::string out;
    std::string err;
};

struct Launch {
    std::vector<std::string> command;
    std::string input = {};                               // its standard input
    std::map<std::string, std::string> environment = {};  // added to the test's own
    std::string folder = {};                              // to run in; empty: the test's own
};

// A program that runs. Killed when this goes.
class Process {
public:
    explicit Process(const Launch& launch);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();

    void signal(int number) const;
    // Waits until it has taken a signal that was sent to it, at most a minute; throws then. One of
    // the same number that is sent before is lost.
    void wait_until_taken(int number) const;
    // Waits for its end, at most a minute; throws then.
    Ended wait();
    // Waits until its standard error so far contains `text`, at most a minute; throws then, or when
    // it ends before.
    void wait_for_error_output(const std::string& text);

private:
    void read_some();

    pid_t pid_ = -1;
    int out_ = -1;
    int err_ = -1;
    Ended ended_;
};

[[nodiscard]] Ended run(const Launch& launch);
[[nodiscard]] Ended pivot(std::vector<std::string> arguments, const std::string& input = {});

}  // namespace support
