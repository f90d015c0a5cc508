#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/calls.hpp"
#include "apply/casualty.hpp"
#include "apply/readiness.hpp"
#include "apply/runner.hpp"
#include "apply/schedule.hpp"

namespace apply {

struct ExecutorOptions {
    const appliance::Appliance* appliance = nullptr;  // null: the plan awaits nothing
    std::chrono::milliseconds settle{0};  // how long after the last start a look still counts
    // go_on: what does not wait for the step that failed is done all the same.
    enum class AfterFailure { begin_no_more, go_on };
    AfterFailure after_failure = AfterFailure::begin_no_more;
    std::size_t stops_at_once = Schedule::at_once;
    enum class StepEvents { sent, not_sent };
    StepEvents step_events = StepEvents::sent;
};

// Carries out a plan: begins what may begin, has the runner do it, waits for any result and for
// what gets ready. An error ends the beginning of steps, lets those in flight end, and is kept.
class Executor {
public:
    // All must outlive it.
    Executor(Run& run, Runner& runner, const plan::Plan& plan, ExecutorOptions options);

    // Returns when the plan is carried out and settled. After a failure, a signal or a take-over,
    // when the calls in flight have ended. After the time limit at once.
    Run::End run();
    // After a time limit: waits for the calls in flight where something was taken away that is
    // still to be given back. False where it took longer than `at_most`.
    [[nodiscard]] bool see_through(std::chrono::seconds at_most);
    // Carries out a plan that gives back what another one took: neither a signal nor the time limit
    // ends it. None: however long it takes. False where it took longer.
    bool run_to_the_end(std::optional<std::chrono::seconds> at_most);

    [[nodiscard]] Casualties& casualties() { return casualties_; }
    [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }  // of a call
    [[nodiscard]] bool is_done(plan::StepIndex step) const { return schedule_.is_done(step); }
    [[nodiscard]] std::optional<std::string> made_by(plan::StepIndex step) const {
        return results_.made_by(step);
    }
    [[nodiscard]] bool is_still_ready(const std::string& engine_id) const {
        return readiness_.is_still_ready(engine_id);
    }
    [[nodiscard]] std::vector<PendingCheck> pending_checks() const { return readiness_.pending(); }

    // Those whose old one is gone for good.
    [[nodiscard]] std::vector<plan::Instance> replaced() const;
    // What leads back to what was there before, as far as it did not take over.
    [[nodiscard]] plan::Plan way_back() const;

private:
    bool advance();
    [[nodiscard]] bool began(plan::StepIndex step) const {
        return began_[step] != Clock::time_point{};
    }
    // Something was taken away that is yet to be given back.
    [[nodiscard]] bool has_open_gap() const;
    void watch();
    void on_event(const engine::Event& event);

    void begin(plan::StepIndex step);
    void run_action(plan::StepIndex step, const plan::Action& action);
    // What has to be known of a step before its call is sent.
    void before(const plan::StartInstance& action, plan::StepIndex step);
    void before(const plan::ResumeInstance& action, plan::StepIndex step);
    void before(const plan::StopInstance& action, plan::StepIndex step);
    void before(const plan::DeleteInstance& action, plan::StepIndex step);
    template <class Action>
    void before(const Action&, plan::StepIndex) {}

    void came(plan::StepIndex step, Outcome outcome);
    void came(plan::StepIndex step, Succeeded succeeded);
    void came(plan::StepIndex step, Remade remade);
    void came(plan::StepIndex step, Refused refused);
    void came(plan::StepIndex step, Failed failed);

    // The steps that wait without a call.
    void await(plan::StepIndex step, const plan::AwaitReady& action);
    void await(plan::StepIndex step, const plan::AwaitCandidate& action);
    void await(plan::StepIndex step, const plan::Milestone& action);
    void settle_awaits();
    [[nodiscard]] bool is_ready(const ContainerId& container) const;
    // A service without a check shows by its staying up that it runs.
    [[nodiscard]] bool needs_settling(const ContainerId& container) const;
    void expect_what_runs();
    // Counts one that will not get ready; true where enough others still may.
    [[nodiscard]] bool give_up_one(const appliance::Container& own);
    void on_unready(Unready unready);

    void ended_well(plan::StepIndex step);
    void add(Casualty casualty);
    // No call and no question about a casualty is on its way.
    [[nodiscard]] bool quiet() const { return schedule_.idle() && casualties_.complete(); }
    [[nodiscard]] const appliance::Container& container(const ContainerId& id) const;

    Calls calls_;
    Run& run_;
    Runner& runner_;
    const plan::Plan& plan_;
    const ExecutorOptions options_;
    Schedule schedule_;
    Results results_;
    std::vector<Clock::time_point> began_;
    std::set<plan::StepIndex> made_anew_;  // starts whose container was spoiled
    std::map<ContainerId, const appliance::Container*> containers_;
    std::map<ContainerId, plan::StepIndex> awaited_;
    std::map<std::string, plan::StepIndex> candidates_awaited_;  // by engine ID
    std::map<plan::Instance, std::string> candidates_;  // engine IDs of those that may take over
    std::map<ContainerId, int> given_up_;               // instances that will not get ready
    std::optional<Clock::time_point> last_start_;
    Casualties casualties_;
    std::optional<Failure> failure_;
    int lost_streams_ = 0;                     // one soon after the other
    std::optional<Clock::time_point> opened_;  // the event stream that there is
    Readiness readiness_;
    engine::StreamHandle events_;
};

}  // namespace apply
