#include "apply/interrupt.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace apply {
namespace {

// A signal handler reaches nothing else.
std::atomic<int> handlers_descriptor = -1;
std::atomic<int> signal_that_came = 0;

void make_readable(int descriptor) {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(descriptor, &one, sizeof one);
}

void set_handlers(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;  // `poll` ends all the same
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGINT);
    sigaddset(&action.sa_mask, SIGTERM);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

void on_signal(int signal) {
    const int error = errno;
    set_handlers(SIG_DFL);
    signal_that_came = signal;
    make_readable(handlers_descriptor);
    errno = error;
}

base::Descriptor event_descriptor() {
    return base::Descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
}

}  // namespace

SignalInterrupt::SignalInterrupt() : descriptor_(event_descriptor()) {
    handlers_descriptor = descriptor_.get();
    signal_that_came = 0;
    set_handlers(on_signal);
}

SignalInterrupt::~SignalInterrupt() { set_handlers(SIG_DFL); }

std::optional<int> SignalInterrupt::signal() const {
    const int signal = signal_that_came;
    return signal == 0 ? std::nullopt : std::optional(signal);
}

StopRequest::StopRequest() : descriptor_(event_descriptor()) {}

void StopRequest::stop() {
    stopped_ = true;
    make_readable(descriptor_.get());
}

std::optional<int> StopRequest::signal() const {
    return stopped_ ? std::optional(SIGTERM) : std::nullopt;
}

}  // namespace apply
