#include "present/echo_off.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <termios.h>
#include <unistd.h>

namespace present {
namespace {

// Signal handlers reach nothing else.
volatile std::sig_atomic_t terminal_descriptor = -1;
volatile std::sig_atomic_t echo_is_off = 0;  // and this process did it
volatile std::sig_atomic_t has_continued = 0;

constexpr std::array ending_signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

enum class Echo { on, off };

// Only the flag, so that whatever else somebody sets meanwhile stays. Safe in a signal handler.
bool change_echo(Echo echo) {
    // A change from the background would stop the process (SIGTTOU).
    sigset_t stopping;
    sigset_t before;
    sigemptyset(&stopping);
    sigaddset(&stopping, SIGTTOU);
    sigprocmask(SIG_BLOCK, &stopping, &before);
    const int terminal = terminal_descriptor;
    termios mode{};
    bool changed = false;
    if (::tcgetpgrp(terminal) == ::getpgrp() && ::tcgetattr(terminal, &mode) == 0) {
        const bool is_on = (mode.c_lflag & ECHO) != 0;
        if (is_on != (echo == Echo::on)) {
            mode.c_lflag ^= ECHO;
            changed = ::tcsetattr(terminal, TCSANOW, &mode) == 0;
        }
    }
    sigprocmask(SIG_SETMASK, &before, nullptr);
    return changed;
}

void turn_off() {
    if (echo_is_off == 0 && change_echo(Echo::off)) {
        echo_is_off = 1;
    }
}

void turn_on_again() {
    if (echo_is_off != 0) {
        change_echo(Echo::on);
        echo_is_off = 0;
    }
}

void act_as_ever(int signal) {
    std::signal(signal, SIG_DFL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    std::raise(signal);  // waits until the handler lets it through
    sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

extern "C" void on_ending_signal(int signal) {
    turn_on_again();
    act_as_ever(signal);
}

void listen(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
}

extern "C" void on_stop(int signal) {
    const int saved = errno;
    turn_on_again();
    act_as_ever(signal);  // comes back when the process goes on
    listen(signal, on_stop);
    errno = saved;
}

extern "C" void on_continue(int) {
    const int saved = errno;
    has_continued = 1;
    turn_off();
    errno = saved;
}

bool is_default(int signal) {
    struct sigaction now {};
    return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_DFL;
}

}  // namespace

EchoOff::EchoOff(int terminal) {
    terminal_descriptor = terminal;
    has_continued = 0;
    for (const int signal : ending_signals) {
        if (is_default(signal)) {  // `nohup` has SIGHUP ignored
            listen(signal, on_ending_signal);
        }
    }
    if (is_default(SIGTSTP)) {
        listen(SIGTSTP, on_stop);
    }
    listen(SIGCONT, on_continue);
    turn_off();
}

EchoOff::~EchoOff() {
    turn_on_again();
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT}) {
        if (struct sigaction now{};
            sigaction(signal, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) {
            std::signal(signal, SIG_DFL);
        }
    }
}

bool EchoOff::was_continued() {
    const bool continued = has_continued != 0;
    has_continued = 0;
    return continued;
}

}  // namespace present
