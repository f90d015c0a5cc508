#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "apply/failure.hpp"
#include "apply/interrupt.hpp"
#include "apply/listener.hpp"
#include "base/reactor.hpp"
#include "engine/client.hpp"
#include "http/probes.hpp"

namespace apply {

using Clock = base::Reactor::Clock;

// One command at work: its engine, and all its waiting. Whatever it waits for, it hears of its time
// limit, of what interrupts it, and of another command that takes over.
class Run {
public:
    enum class End { done, interrupted, timed_out, taken_over };

    // All three must outlive it. The limit counts from here.
    Run(base::Reactor& reactor, Listener& listener, Interrupt& interrupt,
        std::optional<std::chrono::milliseconds> limit);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run() = default;

    // What was waited for, or why the wait ended early.
    template <class T>
    using Waited = tl::expected<T, Failure>;

    // Must come first: finds out which API version the engine speaks.
    [[nodiscard]] Waited<engine::Result<engine::Done>> connect(
        const engine::Address& address, std::function<void(const engine::Trace&)> trace = {});

    // Returns when `done()` holds, the command is interrupted or taken over, or the limit passed;
    // `done` is asked after every event.
    [[nodiscard]] End run_until(const std::function<bool()>& done);
    // The same, but nothing ends it sooner: for calls in flight that must be seen through.
    void finish(const std::function<bool()>& done);
    // The same, for so long at most; false where it has not come to its end.
    [[nodiscard]] bool finish(const std::function<bool()>& done, std::chrono::seconds at_most);
    // Why a wait ended early; none where it did not. It says that nothing was changed; the caller
    // corrects that.
    [[nodiscard]] std::optional<Failure> failure_of(End end) const;

    // Sends a call and waits for its reply.
    template <class T>
    [[nodiscard]] Waited<engine::Result<T>> get(engine::Call<T> call);
    // Sends every call and waits for all replies, which come in the order of the calls.
    template <class T>
    [[nodiscard]] Waited<std::vector<engine::Result<T>>> get_all(
        const std::vector<engine::Call<T>>& calls);
    // Calls `what` once from within a wait, no sooner than `when`.
    void at(Clock::time_point when, std::function<void()> what);
    // Calls `what` from within a wait whenever the descriptor is readable, until it is ignored.
    void when_readable(int descriptor, std::function<void()> what);
    void ignore(int descriptor);

    // Ends this and every later `run_until`.
    void take_over() { taken_over_ = true; }
    // Lets the limit pass no sooner than in this time: for a last look after it has passed.
    void allow(std::chrono::milliseconds time);

    [[nodiscard]] engine::Client& client() { return *client_; }
    [[nodiscard]] http::Probes& probes() { return probes_; }
    [[nodiscard]] Listener& listener() { return listener_; }

private:
    void run_once(Clock::time_point at_latest);

    base::Reactor& reactor_;
    Listener& listener_;
    Interrupt& interrupt_;
    std::optional<std::chrono::milliseconds> limit_;
    Clock::time_point deadline_ = Clock::time_point::max();
    Clock::time_point next_tick_;
    bool taken_over_ = false;
    base::Reactor::Watch interrupt_watch_;
    std::list<base::Reactor::Timer> timers_;
    std::map<int, base::Reactor::Watch> readable_;
    http::Probes probes_;
    std::optional<engine::Client> client_;
};

template <class T>
Run::Waited<engine::Result<T>> Run::get(engine::Call<T> call) {
    // Shared with a reply that comes when nobody waits for it any more.
    const auto reply = std::make_shared<std::optional<engine::Result<T>>>();
    client().send(std::move(call),
                  [reply](engine::Result<T> result) { *reply = std::move(result); });
    if (auto failure = failure_of(run_until([&] { return reply->has_value(); }))) {
        return tl::unexpected(std::move(*failure));
    }
    return std::move(**reply);
}

template <class T>
Run::Waited<std::vector<engine::Result<T>>> Run::get_all(
    const std::vector<engine::Call<T>>& calls) {
    struct Replies {
        std::vector<std::optional<engine::Result<T>>> all;
        std::size_t missing = 0;
    };
    const auto replies = std::make_shared<Replies>();
    replies->all.resize(calls.size());
    replies->missing = calls.size();
    for (std::size_t i = 0; i < calls.size(); ++i) {
        client().send(calls[i], [replies, i](engine::Result<T> reply) {
            replies->all[i] = std::move(reply);
            --replies->missing;
        });
    }
    if (auto failure = failure_of(run_until([&] { return replies->missing == 0; }))) {
        return tl::unexpected(std::move(*failure));
    }
    std::vector<engine::Result<T>> all;
    all.reserve(calls.size());
    for (auto& reply : replies->all) {
        all.push_back(std::move(*reply));
    }
    return all;
}

}  // namespace apply
