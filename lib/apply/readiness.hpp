#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "appliance/appliance.hpp"
#include "apply/failure.hpp"
#include "apply/run.hpp"
#include "plan/names.hpp"

namespace apply {

// How an instance that does not get ready shows it.
struct Unready {
    plan::Instance instance;
    std::string engine_id;
    InstanceFailed::How how = InstanceFailed::How::exited;
    std::optional<int> exit_code;       // where an event told it
    std::optional<PendingCheck> check;  // of `unhealthy`
    bool was_running = false;           // before this command began
};

// Finds out which instances are ready: a service that runs and whose check passes, a job that
// exited 0. It hears the engine's events through its owner and asks whatever no event tells: TCP
// and HTTP checks are run from here, and a command check sooner than an old engine would.
class Readiness {
public:
    struct Listener {
        std::function<void()> changed;         // an instance got ready
        std::function<void(Unready)> unready;  // one never will
    };

    Readiness(Run& loop, Listener listener);

    enum class Running { from_now, already };
    // Before the start call: the end of a process may be told before the start's reply.
    void expect(const std::string& engine_id, const plan::Instance& instance,
                const appliance::Container& container, Running running = Running::from_now);
    void started(const std::string& engine_id);
    [[nodiscard]] bool expects(const std::string& engine_id) const {
        return watches_.contains(engine_id);
    }
    void forget(const std::string& engine_id);  // it is meant to end

    // What the engine's events say. `died` is false for a container that nobody expects.
    [[nodiscard]] bool died(const std::string& engine_id, int exit_code);
    void checked(const std::string& engine_id, plan::Health health);
    // Asks the engine, where an event may have come before anybody listened.
    void look(const std::string& engine_id);
    // Events may have been lost: asks the engine about those of which one would still matter.
    enum class Which { undecided, all };  // all: a service that was ready may have died
    void look_again(Which which);

    [[nodiscard]] bool is_ready(const std::string& engine_id) const;
    [[nodiscard]] int ready_instances(const appliance::ContainerId& container) const;
    // What the checks that have not passed say, by container.
    [[nodiscard]] std::vector<PendingCheck> pending() const;

private:
    // The first attempts come quickly: most programs are ready at once or after some seconds.
    static constexpr std::chrono::milliseconds first_pause{50};

    struct Watch {
        plan::Instance instance;
        std::string engine_id;
        const appliance::Container* container = nullptr;
        bool was_running = false;
        bool has_started = false;
        bool decided = false;
        bool ready = false;
        Clock::time_point since;
        Clock::time_point last_counted;
        int failures = 0;                               // in a row, after the grace period
        std::chrono::milliseconds pause = first_pause;  // before the next attempt
        std::vector<http::ProbeTarget> targets;         // the first that can be reached is kept
        std::string answer;                             // of the last check that failed
        int looks = 0;                                  // at what is not decided by the first

        [[nodiscard]] bool given_up() const { return decided && !ready; }
    };

    [[nodiscard]] Watch* find(const std::string& engine_id);
    void begin_check(Watch& watch);
    void look_later(const Watch& watch, Clock::duration pause);
    void judge(Watch& watch, const engine::ContainerDetail& detail);
    void judge_job(Watch& watch, const engine::ContainerDetail& detail);
    void attempt_later(Watch& watch);
    void attempt(const std::string& engine_id);
    void probe(Watch& watch);
    void run_command(Watch& watch);
    void attempt_failed(Watch& watch, std::string answer);
    void decide(Watch& watch, bool ready);
    void give_up(Watch& watch, InstanceFailed::How how, std::optional<int> exit_code);
    [[nodiscard]] static PendingCheck pending_check(const Watch& watch);

    // Wraps a callback so that it does nothing once this, or the wish to know, is gone.
    template <class Reply>
    auto for_watch(const std::string& engine_id, std::function<void(Watch&, Reply)> then) {
        return [this, alive = std::weak_ptr<int>(alive_), engine_id,
                then = std::move(then)](Reply reply) {
            if (alive.expired()) {
                return;
            }
            if (Watch* watch = find(engine_id); watch != nullptr && !watch->decided) {
                then(*watch, std::move(reply));
            }
        };
    }

    Run& loop_;
    Listener listener_;
    std::map<std::string, Watch> watches_;  // by engine ID
    std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace apply
