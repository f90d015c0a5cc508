#include "support/process.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace support {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto longest = std::chrono::minutes(1);

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "pipe2");
    }
    return ends;
}

// A file, not a pipe: a program that does not read its input must not block the test.
int input_file(const std::string& text) {
    const int file = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0 || write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw std::system_error(errno, std::generic_category(), "input file");
    }
    lseek(file, 0, SEEK_SET);
    return file;
}

[[noreturn]] void become(const Launch& launch, int input, int out, int err) {
    dup2(input, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    if (!launch.folder.empty() && chdir(launch.folder.c_str()) != 0) {
        _exit(126);
    }
    for (const auto& [name, value] : launch.environment) {
        setenv(name.c_str(), value.c_str(), 1);
    }
    std::vector<char*> arguments;
    for (const std::string& argument : launch.command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(127);
}

}  // namespace

Process::Process(const Launch& launch) {
    const int input = input_file(launch.input);
    const auto out = make_pipe();
    const auto err = make_pipe();
    pid_ = fork();
    if (pid_ == 0) {
        become(launch, input, out[1], err[1]);
    }
    close(input);
    close(out[1]);
    close(err[1]);
    out_ = out[0];
    err_ = err[0];
}

Process::~Process() {
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    for (const int descriptor : {out_, err_}) {
        if (descriptor >= 0) {
            close(descriptor);
        }
    }
}

void Process::signal(int number) const { kill(pid_, number); }

void Process::wait_until_taken(int number) const {
    const auto deadline = Clock::now() + longest;
    const auto is_pending = [this, number] {
        std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
        const std::string label = "ShdPnd:\t";
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with(label)) {
                const auto pending = std::stoull(line.substr(label.size()), nullptr, 16);
                return ((pending >> (number - 1)) & 1) != 0;
            }
        }
        return false;
    };
    while (is_pending()) {
        if (Clock::now() > deadline) {
            throw std::runtime_error("a program did not take a signal in time");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void Process::read_some() {
    std::array<pollfd, 2> waited{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};  // poll passes over -1
    poll(waited.data(), waited.size(), 1000);
    const std::array<std::pair<int*, std::string*>, 2> streams{
        {{&out_, &ended_.out}, {&err_, &ended_.err}}};
    for (std::size_t i = 0; i < streams.size(); ++i) {
        if (waited[i].revents == 0) {
            continue;
        }
        std::array<char, 65536> buffer;
        const ssize_t count = read(*streams[i].first, buffer.data(), buffer.size());
        if (count > 0) {
            streams[i].second->append(buffer.data(), static_cast<std::size_t>(count));
        } else {
            close(*streams[i].first);
            *streams[i].first = -1;
        }
    }
}

Ended Process::wait() {
    const auto deadline = Clock::now() + longest;
    while (out_ >= 0 || err_ >= 0) {
        read_some();
        if (Clock::now() > deadline) {
            throw std::runtime_error("a program did not end in time; it said: " + ended_.err);
        }
    }
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    ended_.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended_;
}

void Process::wait_for_error_output(const std::string& text) {
    const auto deadline = Clock::now() + longest;
    while (ended_.err.find(text) == std::string::npos) {
        if (err_ < 0 || Clock::now() > deadline) {
            throw std::runtime_error("a program never said `" + text + "`; it said: " + ended_.err);
        }
        read_some();
    }
}

Ended run(const Launch& launch) { return Process(launch).wait(); }

Ended pivot(std::vector<std::string> arguments, const std::string& input) {
    arguments.insert(arguments.begin(), PIVOT_BINARY);
    return run({.command = std::move(arguments), .input = input});
}

}  // namespace support
