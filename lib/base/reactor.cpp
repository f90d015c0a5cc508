#include "base/reactor.hpp"

#include <algorithm>
#include <limits>

namespace base {
namespace {

constexpr auto stopped = std::numeric_limits<std::size_t>::max();

}  // namespace

struct Reactor::Watched {
    int descriptor;
    OnEvents on_events;
    std::size_t index;  // in polls_, or `stopped`
};

Reactor::Watch& Reactor::Watch::operator=(Watch&& other) noexcept {
    if (this != &other) {
        stop();
        reactor_ = other.reactor_;
        watched_ = std::move(other.watched_);
    }
    return *this;
}

void Reactor::Watch::set_events(short events) {
    if (watched_) {
        pollfd& poll = reactor_->polls_[watched_->index];
        poll.events = events;
        // `poll` tells of errors even where no event is asked for, but not of a negative
        // descriptor.
        poll.fd = events == 0 ? -1 : watched_->descriptor;
    }
}

// The last one takes the place of the one that goes.
void Reactor::Watch::stop() {
    if (const auto gone = std::exchange(watched_, nullptr)) {
        auto& polls = reactor_->polls_;
        auto& all = reactor_->watched_;
        const std::size_t index = std::exchange(gone->index, stopped);
        all.back()->index = index == all.size() - 1 ? stopped : index;
        polls[index] = polls.back();
        all[index] = std::move(all.back());
        polls.pop_back();
        all.pop_back();
    }
}

Reactor::Timer& Reactor::Timer::operator=(Timer&& other) noexcept {
    if (this != &other) {
        stop();
        reactor_ = std::exchange(other.reactor_, nullptr);
        key_ = other.key_;
    }
    return *this;
}

void Reactor::Timer::stop() {
    if (auto* const reactor = std::exchange(reactor_, nullptr)) {
        // Destroyed only when it is out of the map: with it other handles may go.
        const auto gone = reactor->timers_.extract(key_);
    }
}

Reactor::Watch Reactor::watch(int descriptor, short events, OnEvents on_events) {
    auto watched =
        std::make_shared<Watched>(Watched{descriptor, std::move(on_events), polls_.size()});
    polls_.push_back({descriptor, events, 0});
    watched_.push_back(watched);
    Watch watch(this, std::move(watched));
    watch.set_events(events);
    return watch;
}

Reactor::Timer Reactor::at(Clock::time_point when, std::function<void()> on_time) {
    const TimerKey key(when, timers_made_++);
    timers_.emplace(key, std::move(on_time));
    return {this, key};
}

void Reactor::run_once(Clock::time_point at_latest) {
    if (!timers_.empty()) {
        at_latest = std::min(at_latest, timers_.begin()->first.first);
    }
    if (poll_until(at_latest) > 0) {
        call_watches();
    }
    call_timers();
}

int Reactor::poll_until(Clock::time_point time) {
    const auto now = Clock::now();
    timespec wait{};
    if (time > now) {
        const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(time - now);
        wait.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(left).count();
        wait.tv_nsec = (left % std::chrono::seconds(1)).count();
    }
    return ::ppoll(polls_.data(), polls_.size(), &wait, nullptr);
}

// Callbacks change what is watched: those to call are found before.
void Reactor::call_watches() {
    std::vector<std::pair<std::shared_ptr<Watched>, short>> shown;
    for (std::size_t i = 0; i < polls_.size(); ++i) {
        if (polls_[i].revents != 0) {
            shown.emplace_back(watched_[i], polls_[i].revents);
        }
    }
    for (const auto& [watched, events] : shown) {
        if (watched->index != stopped) {
            watched->on_events(events);
        }
    }
}

// Those that are set meanwhile wait for the next round, so that one that sets itself again keeps
// nobody waiting.
void Reactor::call_timers() {
    const auto now = Clock::now();
    const auto end = timers_made_;
    for (auto next = timers_.begin(); next != timers_.end() && next->first.first <= now;) {
        if (next->first.second >= end) {
            ++next;
            continue;
        }
        const auto due = timers_.extract(next);
        due.mapped()();
        next = timers_.begin();
    }
}

}  // namespace base
