#include "support/terminal.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <pty.h>
#include <stdexcept>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace support {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto longest_look = std::chrono::minutes(1);

[[noreturn]] void become(const std::vector<std::string>& command) {
    setenv("TERM", "xterm", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    std::vector<char*> arguments;
    for (const std::string& argument : command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(127);
}

}  // namespace

OnTerminal::OnTerminal(const std::vector<std::string>& command, Size size) {
    const winsize window{size.rows, size.columns, 0, 0};
    pid_ = forkpty(&terminal_, nullptr, nullptr, &window);
    if (pid_ == 0) {
        become(command);
    }
    if (pid_ < 0) {
        throw std::runtime_error("no terminal can be had");
    }
}

OnTerminal::~OnTerminal() {
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    close(terminal_);
}

void OnTerminal::type(const std::string& text) const {
    if (write(terminal_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw std::runtime_error("cannot type on the terminal");
    }
}

bool OnTerminal::echoes() const {
    termios mode{};
    return tcgetattr(terminal_, &mode) == 0 && (mode.c_lflag & ECHO) != 0;
}

void OnTerminal::signal(int number) const { kill(pid_, number); }

void OnTerminal::wait_for(const std::string& text) {
    const auto deadline = Clock::now() + longest_look;
    while (written_.find(text) == std::string::npos) {
        if (Clock::now() > deadline || !read_some()) {
            throw std::runtime_error("a terminal never showed `" + text + "`, but: " + written_);
        }
    }
}

int OnTerminal::wait() {
    const auto deadline = Clock::now() + longest_look;
    while (read_some()) {
        if (Clock::now() > deadline) {
            throw std::runtime_error("a program did not end in time; it wrote: " + written_);
        }
    }
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// False when nobody has the terminal open any more.
bool OnTerminal::read_some() {
    pollfd one{terminal_, POLLIN, 0};
    if (poll(&one, 1, 1000) == 0) {
        return true;
    }
    std::array<char, 65536> buffer;
    const ssize_t count = read(terminal_, buffer.data(), buffer.size());
    if (count > 0) {
        written_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return count > 0;
}

}  // namespace support
