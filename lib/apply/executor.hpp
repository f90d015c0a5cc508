#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/casualty.hpp"
#include "apply/commands.hpp"
#include "apply/readiness.hpp"
#include "apply/run.hpp"
#include "apply/schedule.hpp"
#include "apply/translate.hpp"

namespace apply {

struct ExecutorOptions {
    const appliance::Appliance* appliance = nullptr;  // null for `down`
    const plan::Record* record = nullptr;             // the one to come; null for `down`
    Surroundings surroundings;
    // What is there already and should go on; null for `down`.
    const plan::Observed* observed = nullptr;
    std::chrono::milliseconds settle{0};  // how long after the last start a look still counts
    std::optional<std::chrono::seconds> stop_timeout;
};

// Carries out a plan: begins what may begin, waits for any result. It decides nothing: an error
// ends the beginning of steps, lets those in flight end, and is told.
class Executor {
public:
    Executor(Run& loop, const plan::Plan& plan, ExecutorOptions options);

    // Returns when the plan is carried out and settled, something failed and the rest in flight
    // ended, a signal came (the same), or the time limit passed (at once).
    Run::End run();

    [[nodiscard]] Casualties& casualties() { return casualties_; }
    [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }  // of a call
    [[nodiscard]] bool is_done(plan::StepIndex step) const { return schedule_.is_done(step); }
    [[nodiscard]] const std::map<plan::Instance, std::string>& created() const { return created_; }
    [[nodiscard]] bool is_ready(const std::string& engine_id) const {
        return readiness_.is_ready(engine_id);
    }
    [[nodiscard]] std::vector<PendingCheck> pending_checks() const { return readiness_.pending(); }

    // Where a candidate did not take over, the old instance runs again and the candidate goes.
    // Waits. Tells in the casualties what became of it; gives those that run again.
    std::vector<plan::Instance> roll_back();

private:
    // Callbacks come no more when the executor is gone: a time limit leaves calls in flight behind.
    template <class T, class Done>
    void send(engine::Call<T> call, Done done) {
        loop_.client().send(std::move(call),
                            [alive = std::weak_ptr<int>(alive_), done](engine::Result<T> reply) {
                                if (!alive.expired()) {
                                    done(std::move(reply));
                                }
                            });
    }
    template <class What>
    void at(Clock::time_point when, What what) {
        loop_.at(when, [alive = std::weak_ptr<int>(alive_), what] {
            if (!alive.expired()) {
                what();
            }
        });
    }
    // For calls whose answer says nothing but whether it went well.
    template <class T>
    auto then_ended_well(plan::StepIndex step, std::string what) {
        return [this, step, what = std::move(what)](engine::Result<T> reply) {
            if (reply) {
                ended_well(step);
            } else {
                failed(step, what, std::move(reply.error()));
            }
        };
    }

    bool advance();
    [[nodiscard]] bool has_open_gap() const;
    void watch();
    void on_event(const engine::Event& event);
    void begin(plan::StepIndex step);

    void begin(plan::StepIndex step, const plan::WriteRecord& action);
    void begin(plan::StepIndex step, const plan::CreateNetwork& action);
    void begin(plan::StepIndex step, const plan::CreateInstance& action);
    void begin(plan::StepIndex step, const plan::RestorePolicy& action);
    void begin(plan::StepIndex step, const plan::StartInstance& action);
    void begin(plan::StepIndex step, const plan::ResumeInstance& action);
    void begin(plan::StepIndex step, const plan::StopInstance& action);
    void begin(plan::StepIndex step, const plan::DeleteInstance& action);
    void begin(plan::StepIndex step, const plan::PromoteCandidate& action);
    void begin(plan::StepIndex step, const plan::DeleteNetwork& action);
    void begin(plan::StepIndex step, const plan::DeleteVolume& action);
    void begin(plan::StepIndex step, const plan::AwaitCandidate& action);
    void begin(plan::StepIndex step, const plan::AwaitReady& action);
    void begin(plan::StepIndex step, const plan::Milestone& action);

    // What to do once a call went well, where that does not yet end the step.
    using Then = std::function<void()>;
    [[nodiscard]] engine::CreateContainer wanted(const plan::CreateInstance& action) const;
    void create(plan::StepIndex step, const plan::CreateInstance& action,
                const engine::CreateContainer& container, const Then& then);
    void adopt(plan::StepIndex step, const plan::CreateInstance& action, Clock::time_point deadline,
               const Then& then);
    void create_instead_of(plan::StepIndex step, const plan::CreateInstance& action,
                           const std::string& id, const Then& then);
    // Spoiled: what an engine that was killed left behind keeps the container from starting.
    enum class Spoiled { is_made_anew, is_final };
    void start(plan::StepIndex step, const plan::StartInstance& action, Spoiled spoiled);
    void make_anew(plan::StepIndex step, const plan::StartInstance& action, const std::string& id);
    [[nodiscard]] bool is_dispensable(const plan::StartInstance& action, const std::string& id);
    [[nodiscard]] bool is_as_wanted(const plan::StartInstance& action) const;
    void use_network(plan::StepIndex step, const plan::CreateNetwork& action,
                     const std::string& network_id);
    void adopt_network(plan::StepIndex step, const plan::CreateNetwork& action);
    void remove_twins(plan::StepIndex step, const plan::CreateNetwork& action,
                      const std::string& network_id);
    void fix_subnet(plan::StepIndex step, const plan::CreateNetwork& action,
                    const std::string& network_id, int attempts_left);
    void create_fixed(plan::StepIndex step, const plan::CreateNetwork& action,
                      const std::string& subnet, int attempts_left);
    void name_who_holds(plan::StepIndex step, const plan::DeleteNetwork& action,
                        engine::Error refusal);
    void warn(const plan::Instance& instance, const std::string& warning);
    void remove(plan::StepIndex step, const plan::DeleteInstance& action,
                Clock::time_point deadline);

    // Of the steps that wait without a call.
    void settle_awaits();
    [[nodiscard]] bool is_ready(const ContainerId& container) const;
    // A service without a check shows by its staying up that it runs.
    [[nodiscard]] bool needs_settling(const ContainerId& container) const;
    [[nodiscard]] std::set<std::string> renamed_only() const;
    void expect_what_runs();
    // Of one that will not get ready: as many as must be still may.
    [[nodiscard]] bool can_do_without_one_more(const appliance::Container& own);
    void on_unready(Unready unready);

    void ended_well(plan::StepIndex step);
    void add(Casualty casualty);
    void failed(plan::StepIndex step, Failure failure);
    void failed(plan::StepIndex step, std::string what, engine::Error error);
    // A refusal that concerns the instance alone is a casualty, anything else a failed call.
    void refused(plan::StepIndex step, Casualty casualty, std::string what, engine::Error error);

    // No call and no question about a casualty is on its way.
    [[nodiscard]] bool quiet() const { return schedule_.idle() && casualties_.complete(); }

    [[nodiscard]] const appliance::Container& container(const ContainerId& id) const;
    [[nodiscard]] std::string engine_name(const plan::Instance& instance,
                                          plan::Role role = plan::Role::instance) const;
    // The engine ID of what a step is about: this plan made it, or it was there.
    [[nodiscard]] std::string id_of(const plan::Instance& instance,
                                    const std::string& engine_id) const {
        const auto created = created_.find(instance);
        return created == created_.end() ? engine_id : created->second;
    }

    Run& loop_;
    const plan::Plan& plan_;
    ExecutorOptions options_;
    Schedule schedule_;
    std::vector<Clock::time_point> began_;
    std::map<ContainerId, std::size_t> index_;       // of the container in the appliance
    std::map<plan::Instance, std::string> created_;  // engine IDs
    std::map<ContainerId, plan::StepIndex> awaited_;
    std::set<std::string> warned_;
    std::map<ContainerId, int> given_up_;  // instances that will not get ready
    std::map<std::string, plan::StepIndex> candidates_awaited_;  // by engine ID
    // Old instances that were stopped, or found so, for a candidate that is not ready yet.
    struct Replacement {
        std::string old_id;
        std::string candidate_id;
    };
    std::map<plan::Instance, Replacement> replacements_;
    std::map<plan::Instance, std::string> old_ids_;  // of all that this plan replaces
    std::set<std::string>
        to_go_;  // engine IDs that this plan deletes: what they do is nobody's worry
    std::optional<Clock::time_point> last_start_;
    Casualties casualties_;
    std::optional<Failure> failure_;
    int lost_streams_ = 0;                     // one soon after the other
    std::optional<Clock::time_point> opened_;  // the event stream that there is
    std::shared_ptr<int> alive_ = std::make_shared<int>();
    Readiness readiness_;
    engine::StreamHandle events_;
};

}  // namespace apply
