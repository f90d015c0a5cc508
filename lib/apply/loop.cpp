#include "apply/loop.hpp"

#include <algorithm>
#include <poll.h>
#include <utility>

namespace apply {
namespace {

constexpr auto longest_wait = std::chrono::milliseconds(1000);

}  // namespace

Loop::Loop(engine::Client& client, Listener& listener, Interrupt* interrupt,
           std::optional<std::chrono::milliseconds> limit)
    : client_(client), listener_(listener), interrupt_(interrupt), next_tick_(Clock::now()) {
    if (limit) {
        deadline_ = Clock::now() + *limit;
    }
}

Loop::End Loop::run_until(const std::function<bool()>& done) {
    while (!done()) {
        if (interrupt_ != nullptr && interrupt_->signal()) {
            return End::interrupted;
        }
        if (taken_over_) {
            return End::taken_over;
        }
        if (deadline_ && Clock::now() >= *deadline_) {
            return End::timed_out;
        }
        run_once(deadline_.value_or(Clock::time_point::max()));
    }
    return End::done;
}

void Loop::finish(const std::function<bool()>& done) {
    while (!done()) {
        run_once(Clock::time_point::max());
    }
}

void Loop::at(Clock::time_point when, std::function<void()> what) {
    timers_.push_back({when, std::move(what)});
}

void Loop::run_once(Clock::time_point at_latest) {
    const auto now = Clock::now();
    Clock::time_point until = std::min(at_latest, now + longest_wait);
    for (const Timer& timer : timers_) {
        until = std::min(until, timer.when);
    }
    const auto tick = listener_.tick_interval();
    if (tick.count() > 0) {
        until = std::min(until, next_tick_);
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(
        std::max(until - now, Clock::duration::zero()));
    std::vector<int> descriptors;
    if (interrupt_ != nullptr && !interrupt_->signal()) {
        descriptors.push_back(interrupt_->descriptor());
    }
    for (const auto& [descriptor, what] : readable_) {
        descriptors.push_back(descriptor);
    }
    client_.run_once(wait, descriptors);
    hear_descriptors();
    fire_timers();
    if (tick.count() > 0 && Clock::now() >= next_tick_) {
        listener_.tick();
        next_tick_ = Clock::now() + tick;
    }
}

void Loop::when_readable(int descriptor, std::function<void()> what) {
    readable_[descriptor] = std::move(what);
}

void Loop::ignore(int descriptor) { readable_.erase(descriptor); }

void Loop::hear_descriptors() {
    if (readable_.empty()) {
        return;
    }
    std::vector<pollfd> polls;
    for (const auto& [descriptor, what] : readable_) {
        polls.push_back({descriptor, POLLIN, 0});
    }
    if (poll(polls.data(), polls.size(), 0) <= 0) {
        return;
    }
    for (const pollfd& one : polls) {
        const auto found = one.revents == 0 ? readable_.end() : readable_.find(one.fd);
        if (found != readable_.end()) {
            const auto what = found->second;  // which may ignore itself
            what();
        }
    }
}

void Loop::fire_timers() {
    const auto due = std::stable_partition(
        timers_.begin(), timers_.end(),
        [now = Clock::now()](const Timer& timer) { return timer.when > now; });
    std::vector<Timer> fired(std::make_move_iterator(due), std::make_move_iterator(timers_.end()));
    timers_.erase(due, timers_.end());
    for (const Timer& timer : fired) {
        timer.what();
    }
}

}  // namespace apply
