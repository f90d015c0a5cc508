#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <poll.h>
#include <utility>
#include <vector>

namespace base {

// The one place where a thread waits: descriptors, timers and one `poll`. Each thread that waits
// has a reactor of its own. Callbacks run inside `run_once` and nowhere else. They may watch, set
// timers and drop any handle, their own too, but not call `run_once`. A reactor outlives its
// handles.
class Reactor {
    struct Watched;
    using TimerKey = std::pair<std::chrono::steady_clock::time_point, std::uint64_t>;

public:
    using Clock = std::chrono::steady_clock;
    using OnEvents = std::function<void(short events)>;  // of poll, POLLERR and its like too

    // Watches a descriptor until it goes. The descriptor must stay open as long.
    class Watch {
    public:
        Watch() = default;  // watches nothing
        Watch(Watch&& other) noexcept = default;
        Watch& operator=(Watch&& other) noexcept;
        ~Watch() { stop(); }

        // What to watch for from now on: POLLIN, POLLOUT, both, or 0, which is nothing at all.
        void set_events(short events);
        void stop();

    private:
        friend Reactor;
        Watch(Reactor* reactor, std::shared_ptr<Watched> watched)
            : reactor_(reactor), watched_(std::move(watched)) {}

        Reactor* reactor_ = nullptr;
        std::shared_ptr<Watched> watched_;
    };

    // Calls once, unless it goes before.
    class Timer {
    public:
        Timer() = default;  // never calls
        Timer(Timer&& other) noexcept
            : reactor_(std::exchange(other.reactor_, nullptr)), key_(std::move(other.key_)) {}
        Timer& operator=(Timer&& other) noexcept;
        ~Timer() { stop(); }

        void stop();

    private:
        friend Reactor;
        Timer(Reactor* reactor, TimerKey key) : reactor_(reactor), key_(key) {}

        Reactor* reactor_ = nullptr;
        TimerKey key_;
    };

    Reactor() = default;
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;
    ~Reactor() = default;

    [[nodiscard]] Watch watch(int descriptor, short events, OnEvents on_events);
    // No sooner than `when`; never inside this very call.
    [[nodiscard]] Timer at(Clock::time_point when, std::function<void()> on_time);

    // Waits until a descriptor shows what it is watched for, a timer is due, a signal arrives or
    // `at_latest` is there, and calls back whatever is due then.
    void run_once(Clock::time_point at_latest);

private:
    [[nodiscard]] int poll_until(Clock::time_point time);
    void call_watches();
    void call_timers();

    // One for each watch, in the same order.
    std::vector<pollfd> polls_;
    std::vector<std::shared_ptr<Watched>> watched_;

    std::map<TimerKey, std::function<void()>> timers_;
    std::uint64_t timers_made_ = 0;
};

}  // namespace base
