#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "apply/commands.hpp"
#include "apply/executor.hpp"
#include "apply/images.hpp"
#include "apply/lock.hpp"
#include "apply/not_ready.hpp"
#include "apply/observe.hpp"
#include "apply/preflight.hpp"
#include "apply/run_checks.hpp"
#include "base/overload.hpp"

namespace apply {
namespace {

// The engine has just answered or it would not have come so far.
constexpr auto time_for_a_last_look = std::chrono::seconds(2);

// Containers of which a step of one of these kinds is not done, in document order.
template <class... Actions>
std::vector<ContainerId> undone(const appliance::Appliance& appliance, const plan::Plan& plan,
                                const Executor& executor) {
    std::set<ContainerId> waiting;
    for (plan::StepIndex i = 0; i < plan.steps.size(); ++i) {
        if (executor.is_done(i)) {
            continue;
        }
        std::visit(
            [&](const auto& action) {
                using Action = std::decay_t<decltype(action)>;
                if constexpr ((std::is_same_v<Action, Actions> || ...)) {
                    if constexpr (std::is_same_v<Action, plan::AwaitReady>) {
                        waiting.insert(action.container);
                    } else {
                        waiting.insert(action.instance.container);
                    }
                }
            },
            plan.steps[i].action);
    }
    std::vector<ContainerId> in_order;
    for (const appliance::Container& container : appliance.containers) {
        if (waiting.contains(container.id)) {
            in_order.push_back(container.id);
        }
    }
    return in_order;
}

// Whoever interrupted or took over waits for nothing, least of all for checks.
bool leaves_a_state_to_tell(const Failure& failure) {
    return !std::holds_alternative<CallFailed>(failure) &&
           !std::holds_alternative<Interrupted>(failure) &&
           !std::holds_alternative<TakenOver>(failure);
}

class Up {
public:
    Up(Run& run, const appliance::Appliance& appliance, const UpOptions& options,
       const std::string& advertised_host)
        : run_(run),
          appliance_(appliance),
          options_(options),
          advertised_host_(advertised_host),
          listener_(run.listener()) {}

    UpReport run() {
        if (auto failure = prepare()) {
            report_.failure = std::move(failure);
            return std::move(report_);
        }
        std::optional<Lock> lock;
        if (!report_.plan.changes_nothing()) {
            lock.emplace(run_, run_.client().address(), appliance_.id, Lock::Holder::up);
            // Whoever had it before may have done it all.
            auto failure = run_.failure_of(lock->acquire());
            failure = failure ? std::move(failure) : look_again();
            if (failure) {
                report_.failure = std::move(failure);
                return std::move(report_);
            }
            has_lock_ = true;
        }
        if (!report_.plan.steps.empty()) {
            auto preflight = apply::preflight(view_, observed_, appliance_, report_.plan, images_);
            if (!preflight) {
                report_.failure = std::move(preflight.error());
                return std::move(report_);
            }
            for (diagnostics::Diagnostic& warning : preflight->warnings) {
                listener_.on(Noticed{std::move(warning)});
            }
            execute(std::move(preflight->subnet));
        }
        if (!report_.failure || leaves_a_state_to_tell(*report_.failure)) {
            conclude();
        }
        return std::move(report_);
    }

private:
    // Everything that can be known before anything changes.
    std::optional<Failure> prepare() {
        ImageLookUp look_up(run_, images_of(appliance_));
        auto observed = observe(run_, appliance_.id);
        auto looked_up = look_up.wait();
        if (!looked_up) {
            return std::move(looked_up.error());
        }
        auto images = provide_images(run_, appliance_, std::move(*looked_up), options_);
        if (!images) {
            return std::move(images.error());
        }
        images_ = std::move(*images);
        if (!observed) {
            return std::move(observed.error());
        }
        make_plan(std::move(*observed));
        return std::nullopt;
    }

    // At all that the engine has, because it is about to be changed.
    std::optional<Failure> look_again() {
        auto view = look_at_everything(run_, cpus_wanted(appliance_));
        if (!view) {
            return std::move(view.error());
        }
        view_ = std::move(*view);
        make_plan(observed_in(view_, appliance_.id));
        return std::nullopt;
    }

    void make_plan(plan::Observed observed) {
        observed_ = std::move(observed);
        const auto image_ids = ids_of(images_);
        const plan::Desired desired{appliance_, image_ids};
        hosts_ = plan::host_table(appliance_, observed_);
        record_ = plan::record_of(desired, hosts_);
        report_.plan = plan::reconcile(desired, observed_, options_.reconcile);
    }

    [[nodiscard]] Surroundings surroundings(std::string subnet) const {
        Surroundings result;
        result.appliance = appliance_.id;
        result.network_id = plan::kept_network(
            observed_, hosts_.slots.empty() ? plan::Addresses::any : plan::Addresses::fixed);
        result.subnet = std::move(subnet);
        result.engine_cpus = view_.cpus;
        result.hosts = hosts_;
        result.volumes = appliance_.volumes;
        for (const auto& [image, detail] : images_) {
            result.image_volumes.emplace(image, detail.volumes);
        }
        return result;
    }

    void execute(std::string subnet) {
        listener_.on(Planned{&report_.plan, &appliance_});
        ExecutorOptions options;
        options.appliance = &appliance_;
        options.record = &record_;
        options.surroundings = surroundings(std::move(subnet));
        options.observed = &observed_;
        options.settle = options_.reconcile.wait == plan::ReconcileOptions::Wait::until_ready
                             ? options_.settle
                             : std::chrono::milliseconds(0);
        options.stop_timeout = options_.stop_timeout;
        Executor executor(run_, report_.plan, std::move(options));
        const Run::End end = executor.run();
        judge(executor, end);
        remember_checks(executor);
    }

    void judge(Executor& executor, Run::End end) {
        const std::vector<ContainerId> not_started =
            undone<plan::StartInstance>(appliance_, report_.plan, executor);
        if (!executor.casualties().empty()) {
            (void)executor.roll_back();
            report_.failure = not_ready(appliance_, executor.casualties(), not_started);
            lay_to_rest(executor.casualties());
        } else if (executor.failure()) {
            (void)executor.roll_back();
            report_.failure = executor.failure();
        } else if (end == Run::End::timed_out) {
            report_.failure = run_.failure_of(end);
            auto& timed_out = std::get<TimedOut>(*report_.failure);
            timed_out.unfinished =
                undone<plan::StartInstance, plan::ResumeInstance, plan::AwaitReady,
                       plan::AwaitCandidate>(appliance_, report_.plan, executor);
            timed_out.checks = executor.pending_checks();
            run_.allow(time_for_a_last_look);
            add_engines_answers(run_, timed_out.checks);
            timed_out.rolled_back = executor.roll_back();
        } else {
            report_.failure = run_.failure_of(end);
            if (end == Run::End::interrupted) {
                std::get<Interrupted>(*report_.failure).changed = true;
            }
        }
    }

    // An `up` that only waits has no lock: another command may be at work on the same containers.
    void lay_to_rest(Casualties& casualties) const {
        if (has_lock_) {
            casualties.lay_to_rest(options_.stop_timeout);
        }
    }

    // What the checks said last: no need to ask again for the status.
    void remember_checks(const Executor& executor) {
        const TimedOut* timed_out =
            report_.failure ? std::get_if<TimedOut>(&*report_.failure) : nullptr;
        for (const PendingCheck& check :
             timed_out != nullptr ? timed_out->checks : executor.pending_checks()) {
            if (!check.answer.empty()) {
                pending_[check.engine_id] = check.answer;
            } else if (timed_out != nullptr) {
                pending_[check.engine_id] = "no answer in time";  // nor is there time to ask again
            }
        }
        for (const plan::ObservedInstance& instance : observed_.instances) {
            if (executor.is_ready(instance.engine_id)) {
                ready_.insert(instance.engine_id);
            }
        }
        for (const auto& [instance, id] : executor.created()) {
            if (executor.is_ready(id)) {
                ready_.insert(id);
            }
        }
    }

    // The engine tells of a job's end up to seconds before its lists do; an inspect knows sooner.
    std::optional<Failure> look_at_the_end() {
        const auto deadline = Clock::now() + std::chrono::seconds(5);
        for (;;) {
            auto observed = observe(run_, appliance_.id);
            if (!observed) {
                return std::move(observed.error());
            }
            observed_ = std::move(*observed);
            if (has_job_that_seems_to_run()) {
                (void)add_details(run_, observed_);
            }
            if (!has_job_that_seems_to_run() || Clock::now() > deadline) {
                return std::nullopt;
            }
            const auto again = Clock::now() + std::chrono::milliseconds(20);
            run_.at(again, [] {});
            if (auto failure =
                    run_.failure_of(run_.run_until([&] { return Clock::now() >= again; }))) {
                return failure;
            }
        }
    }

    [[nodiscard]] bool has_job_that_seems_to_run() const {
        return std::any_of(observed_.instances.begin(), observed_.instances.end(),
                           [this](const plan::ObservedInstance& instance) {
                               return ready_.contains(instance.engine_id) && instance.entry &&
                                      instance.entry->type == appliance::ContainerType::job &&
                                      instance.state == plan::RunState::running;
                           });
    }

    // Takes a last look: at the state that is reported, and at what ended without anybody telling.
    void conclude() {
        if (report_.failure) {
            run_.allow(time_for_a_last_look);
        }
        if (!report_.plan.steps.empty()) {
            if (auto failure = look_at_the_end()) {
                report_.failure = report_.failure ? report_.failure : std::move(failure);
                return;
            }
        }
        if (!report_.failure &&
            options_.reconcile.wait == plan::ReconcileOptions::Wait::until_ready &&
            !report_.plan.changes_nothing()) {
            Casualties dead(run_);
            add_dead(dead, observed_, record_);
            if (!dead.empty()) {
                (void)run_.run_until([&] { return dead.complete(); });
                report_.failure = not_ready(appliance_, dead, {});
                lay_to_rest(dead);
            }
        }
        if (report_.failure) {
            if (auto again = observe(run_, appliance_.id)) {
                observed_ = std::move(*again);
            }
            (void)add_details(run_, observed_);
        }
        for (plan::ObservedInstance& instance : observed_.instances) {
            const auto pending = pending_.find(instance.engine_id);
            if (ready_.contains(instance.engine_id)) {
                instance.check = plan::CheckResult{true, ""};
            } else if (pending != pending_.end()) {
                instance.check = plan::CheckResult{false, pending->second};
            }
        }
        (void)run_checks(run_, observed_);
        report_.status = plan::derive_status(appliance_.id, observed_, advertised_host_);
    }

    Run& run_;
    const appliance::Appliance& appliance_;
    const UpOptions& options_;
    const std::string& advertised_host_;
    Listener& listener_;
    EngineView view_;
    plan::Observed observed_;
    Images images_;
    plan::HostTable hosts_;
    plan::Record record_;
    bool has_lock_ = false;
    std::set<std::string> ready_;                 // engine IDs
    std::map<std::string, std::string> pending_;  // by them, what the checks say that did not pass
    UpReport report_;
};

}  // namespace

UpReport up(Run& run, const appliance::Appliance& appliance, const UpOptions& options,
            const std::string& advertised_host) {
    return Up(run, appliance, options, advertised_host).run();
}

}  // namespace apply
