#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <pty.h>
#include <string>
#include <sys/wait.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

#include "catch.hpp"
#include "present/echo_off.hpp"

using present::EchoOff;

namespace {

// A process on a terminal of its own that has the echo turned off until it reads a line. Where it
// has a shell, that does what shells do with a process that is stopped: it takes the terminal, and
// gives it back after a line.
class Child {
public:
    enum class Shell { no, yes };

    explicit Child(Shell shell = Shell::no) {
        pid_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
        if (pid_ == 0) {
            shell == Shell::yes ? live_in_shell() : live();
        }
        REQUIRE(pid_ > 0);
        wait_for("ready");
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
        close(terminal_);
    }

    [[nodiscard]] bool echoes() const {
        termios mode{};
        return tcgetattr(terminal_, &mode) == 0 && (mode.c_lflag & ECHO) != 0;
    }
    void wait_for_echo_off() const {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (echoes() && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
        }
        REQUIRE_FALSE(echoes());
    }
    void type(const std::string& text) const {
        REQUIRE(write(terminal_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    void signal(int number) const { REQUIRE(kill(pid_, number) == 0); }
    // What waitpid says next.
    [[nodiscard]] int wait() const {
        int status = 0;
        REQUIRE(waitpid(pid_, &status, WUNTRACED) == pid_);
        return status;
    }
    // Reads until the terminal has shown this, and gives all of it.
    std::string wait_for(const std::string& text) const {
        std::string shown;
        while (shown.find(text) == std::string::npos) {
            std::array<char, 256> buffer{};
            pollfd one{terminal_, POLLIN, 0};
            REQUIRE(poll(&one, 1, 60'000) == 1);
            const ssize_t count = read(terminal_, buffer.data(), buffer.size());
            REQUIRE(count > 0);
            shown.append(buffer.data(), static_cast<std::size_t>(count));
        }
        return shown;
    }

private:
    static void say(std::string_view text) {
        [[maybe_unused]] const ssize_t written = write(STDOUT_FILENO, text.data(), text.size());
    }

    [[noreturn]] static void live() {
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
            std::signal(number, SIG_DFL);
        }
        char byte = 0;
        {
            const EchoOff echo_off(STDOUT_FILENO);
            say("ready\n");
            while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') {
            }
            say(EchoOff::was_continued() ? "continued\n" : "typed\n");
        }
        say("done\n");
        while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') {
        }
        _exit(0);
    }

    [[noreturn]] static void live_in_shell() {
        std::signal(SIGTTOU, SIG_IGN);
        const pid_t job = fork();
        if (job == 0) {
            setpgid(0, 0);
            tcsetpgrp(STDOUT_FILENO, getpid());
            std::signal(SIGTTOU, SIG_DFL);
            std::signal(SIGTSTP, SIG_DFL);
            live();
        }
        int status = 0;
        while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
            tcsetpgrp(STDOUT_FILENO, getpid());
            say("stopped\n");
            for (char byte = 0; byte != '\n' && read(STDIN_FILENO, &byte, 1) == 1;) {
            }
            tcsetpgrp(STDOUT_FILENO, job);
            kill(-job, SIGCONT);
        }
        _exit(0);
    }

    int terminal_ = -1;
    pid_t pid_ = -1;
};

}  // namespace

TEST_CASE("what is typed is not shown, and afterwards it is again") {
    Child child;
    CHECK_FALSE(child.echoes());
    child.type("x\n");
    CHECK(child.wait_for("done\r\n") == "typed\r\ndone\r\n");
    CHECK(child.echoes());
}

TEST_CASE("while the process is stopped the echo is on, and off when it goes on") {
    Child child(Child::Shell::yes);
    CHECK_FALSE(child.echoes());
    child.type("\x1a");  // Ctrl-Z
    child.wait_for("stopped");
    CHECK(child.echoes());
    child.type("fg\n");
    child.wait_for_echo_off();
    child.type("x\n");
    CHECK(child.wait_for("done\r\n").ends_with("continued\r\ndone\r\n"));
    CHECK(child.echoes());
}

TEST_CASE("a signal that ends the process leaves the echo on") {
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
        INFO(number);
        Child child;
        CHECK_FALSE(child.echoes());
        child.signal(number);
        const int status = child.wait();
        REQUIRE(WIFSIGNALED(status));
        CHECK(WTERMSIG(status) == number);
        CHECK(child.echoes());
    }
}
