#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "plan/aftermath.hpp"
#include "plan/step.hpp"
#include "unit/plan/random.hpp"
#include "unit/plan/simulated_engine.hpp"

// Carries out a plan on a simulated engine as apply::Executor does: in any order that the plan
// allows, with what goes wrong meanwhile.
namespace plan::testing {

struct Course {
    // interrupted: no step begins any more but those that give back what another one took.
    enum class Ends { by_itself, killed, interrupted };
    Ends ends = Ends::by_itself;
    std::size_t ends_after = 0;                           // events
    std::optional<StepIndex> broken_call = std::nullopt;  // an engine that answers with an error
    std::optional<std::string> dies = std::nullopt;       // engine ID of one that was there
    enum class AfterFailure { begin_no_more, go_on };
    AfterFailure after_failure = AfterFailure::begin_no_more;
};

class SimulatedRun {
public:
    struct Watcher {
        std::function<void(StepIndex)> begins;  // just before
        std::function<void()> after;            // anything happened
    };

    SimulatedRun(SimulatedEngine& engine, const Plan& plan, Making& making, Random& random,
                 Course course, Watcher watcher);

    // Empty: nothing that a plan must not ask for.
    std::string carry_out();

    [[nodiscard]] bool began(StepIndex step) const { return began_[step]; }
    [[nodiscard]] bool is_done(StepIndex step) const { return done_[step]; }
    [[nodiscard]] bool complete() const;
    [[nodiscard]] bool killed() const { return killed_; }
    [[nodiscard]] std::optional<std::string> made_by(StepIndex step) const;
    [[nodiscard]] const std::vector<FailedInstance>& failed() const { return failed_; }
    // By itself: no step stopped it.
    [[nodiscard]] bool has_failed(const std::string& engine_id) const {
        return has_failed_.contains(engine_id);
    }
    // Engine ID of the one that had the port of one to be started; empty: none.
    [[nodiscard]] const std::string& port_held_by() const { return port_held_by_; }
    // For a reader, in the order of what happened.
    [[nodiscard]] const std::string& story() const { return story_; }

    // What needs it can go on.
    [[nodiscard]] bool is_ready(const ContainerId& container) const;
    [[nodiscard]] bool is_ready(const SimulatedContainer& container) const;

private:
    struct Event {
        enum class Kind { begin, finish, ends, fails };
        Kind kind = Kind::begin;
        StepIndex step = 0;
        std::string engine_id = {};
    };

    [[nodiscard]] std::vector<Event> possible() const;
    [[nodiscard]] bool may_begin(StepIndex step) const;
    [[nodiscard]] bool may_finish(StepIndex step) const;
    [[nodiscard]] bool idle() const;  // no call is on its way
    std::string happen(const Event& event);
    void begin(StepIndex step);
    std::string finish(StepIndex step);
    void refused(StepIndex step);
    void fails(const std::string& engine_id);
    void kill();
    [[nodiscard]] bool can_do_without_one_more(const Instance& instance);
    [[nodiscard]] ContainerRef resolved(const Action& action) const;
    [[nodiscard]] const appliance::Container* wanted(const ContainerId& id) const;

    SimulatedEngine& engine_;
    const Plan& plan_;
    Making& making_;
    Random& random_;
    const Course course_;
    const Watcher watcher_;
    std::vector<bool> began_, done_, ended_;
    std::map<StepIndex, std::string> made_;
    std::set<std::string> expected_;              // engine IDs of those that must not fail
    std::set<std::string> ran_before_;            // by engine ID
    std::map<Instance, std::string> candidates_;  // that may take over
    std::map<ContainerId, int> given_up_;
    std::set<std::string> has_failed_;    // by engine ID
    std::vector<FailedInstance> failed_;  // those that the plan cannot do without
    std::string port_held_by_;
    bool stopped_ = false;
    bool killed_ = false;
    std::string story_;
};

// The container that an action is about.
[[nodiscard]] ContainerRef container_of(const Action& action);

}  // namespace plan::testing
