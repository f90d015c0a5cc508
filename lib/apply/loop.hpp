#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "apply/interrupt.hpp"
#include "apply/listener.hpp"
#include "engine/client.hpp"

namespace apply {

using Clock = std::chrono::steady_clock;

// The one place where a command waits: for the engine, a timer, a signal or its time limit.
class Loop {
public:
    enum class End { done, interrupted, timed_out, taken_over };

    // `interrupt` may be null. The limit counts from here; all three must outlive the loop.
    Loop(engine::Client& client, Listener& listener, Interrupt* interrupt,
         std::optional<std::chrono::milliseconds> limit);

    // Returns when `done()` holds, a signal came, the limit passed or somebody took over; `done` is
    // asked after every event.
    [[nodiscard]] End run_until(const std::function<bool()>& done);
    // The same, but a signal or the limit does not end it: for calls in flight that must be seen
    // through.
    void finish(const std::function<bool()>& done);

    // Calls `what` once from within a run, no sooner than `when`.
    void at(Clock::time_point when, std::function<void()> what);

    // Calls `what` from within a run whenever the descriptor is readable, until it is ignored.
    void when_readable(int descriptor, std::function<void()> what);
    void ignore(int descriptor);

    // Ends this and every later `run_until`.
    void take_over() { taken_over_ = true; }

    [[nodiscard]] engine::Client& client() { return client_; }
    [[nodiscard]] Listener& listener() { return listener_; }

private:
    struct Timer {
        Clock::time_point when;
        std::function<void()> what;
    };

    void run_once(Clock::time_point at_latest);
    void fire_timers();
    void hear_descriptors();

    engine::Client& client_;
    Listener& listener_;
    Interrupt* interrupt_;
    std::optional<Clock::time_point> deadline_;
    Clock::time_point next_tick_;
    std::vector<Timer> timers_;
    std::map<int, std::function<void()>> readable_;
    bool taken_over_ = false;
};

// Sends every call and waits for all replies, which come in the order of the calls.
template <class T>
std::vector<engine::Result<T>> get_all(engine::Client& client,
                                       const std::vector<engine::Call<T>>& calls) {
    std::vector<std::optional<engine::Result<T>>> replies(calls.size());
    std::size_t missing = calls.size();
    for (std::size_t i = 0; i < calls.size(); ++i) {
        client.send(calls[i], [&replies, &missing, i](engine::Result<T> reply) {
            replies[i] = std::move(reply);
            --missing;
        });
    }
    while (missing > 0) {
        client.run_once(std::chrono::seconds(1));
    }
    std::vector<engine::Result<T>> all;
    all.reserve(replies.size());
    for (auto& reply : replies) {
        all.push_back(std::move(*reply));
    }
    return all;
}

}  // namespace apply
