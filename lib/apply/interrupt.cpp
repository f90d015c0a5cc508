#include "apply/interrupt.hpp"

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace apply {
namespace {

sigset_t interrupting_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

Interrupt::Interrupt() {
    const sigset_t set = interrupting_signals();
    sigprocmask(SIG_BLOCK, &set, nullptr);
    descriptor_ = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

Interrupt::~Interrupt() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
    const sigset_t set = interrupting_signals();
    sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

std::optional<int> Interrupt::signal() {
    signalfd_siginfo info{};
    if (!signal_ && read(descriptor_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        signal_ = static_cast<int>(info.ssi_signo);
        const sigset_t set = interrupting_signals();
        sigprocmask(SIG_UNBLOCK, &set, nullptr);
    }
    return signal_;
}

}  // namespace apply
