#include "apply/run.hpp"

#include <algorithm>

namespace apply {

Run::Run(base::Reactor& reactor, Listener& listener, Interrupt& interrupt,
         std::optional<std::chrono::milliseconds> limit)
    : reactor_(reactor),
      listener_(listener),
      interrupt_(interrupt),
      limit_(limit),
      next_tick_(Clock::now()),
      probes_(reactor) {
    if (limit) {
        deadline_ = Clock::now() + *limit;
    }
    // One word is enough: it stays readable.
    interrupt_watch_ = reactor.watch(interrupt.descriptor(), POLLIN,
                                     [this](short /*events*/) { interrupt_watch_.stop(); });
}

Run::Waited<engine::Result<engine::Done>> Run::connect(
    const engine::Address& address, std::function<void(const engine::Trace&)> trace) {
    client_.emplace(reactor_, address, std::move(trace));
    const auto reply = std::make_shared<std::optional<engine::Result<engine::Done>>>();
    client_->connect([reply](engine::Result<engine::Done> result) { *reply = std::move(result); });
    if (auto failure = failure_of(run_until([&] { return reply->has_value(); }))) {
        return tl::unexpected(std::move(*failure));
    }
    return std::move(**reply);
}

Run::End Run::run_until(const std::function<bool()>& done) {
    while (!done()) {
        if (interrupt_.signal()) {
            return End::interrupted;
        }
        if (taken_over_) {
            return End::taken_over;
        }
        if (Clock::now() >= deadline_) {
            return End::timed_out;
        }
        run_once(deadline_);
    }
    return End::done;
}

void Run::finish(const std::function<bool()>& done) {
    while (!done()) {
        run_once(Clock::time_point::max());
    }
}

bool Run::finish(const std::function<bool()>& done, std::chrono::seconds at_most) {
    const auto deadline = Clock::now() + at_most;
    while (!done() && Clock::now() < deadline) {
        run_once(deadline);
    }
    return done();
}

std::optional<Failure> Run::failure_of(End end) const {
    switch (end) {
        case End::done: return std::nullopt;
        case End::interrupted: {
            Interrupted interrupted;
            interrupted.signal = interrupt_.signal().value_or(0);
            return interrupted;
        }
        case End::timed_out: {
            TimedOut timed_out;
            timed_out.limit = limit_.value_or(std::chrono::milliseconds(0));
            return timed_out;
        }
        case End::taken_over: return TakenOver{};
    }
    return std::nullopt;
}

void Run::at(Clock::time_point when, std::function<void()> what) {
    const auto timer = timers_.emplace(timers_.end());
    *timer = reactor_.at(when, [this, timer, what = std::move(what)] {
        timers_.erase(timer);
        what();
    });
}

void Run::when_readable(int descriptor, std::function<void()> what) {
    readable_[descriptor] =
        reactor_.watch(descriptor, POLLIN, [what = std::move(what)](short /*events*/) { what(); });
}

void Run::ignore(int descriptor) { readable_.erase(descriptor); }

void Run::allow(std::chrono::milliseconds time) {
    deadline_ = std::max(deadline_, Clock::now() + time);
}

void Run::run_once(Clock::time_point at_latest) {
    const auto tick = listener_.tick_interval();
    if (tick.count() > 0) {
        at_latest = std::min(at_latest, next_tick_);
    }
    reactor_.run_once(at_latest);
    if (tick.count() > 0 && Clock::now() >= next_tick_) {
        listener_.tick();
        next_tick_ = Clock::now() + tick;
    }
}

}  // namespace apply
