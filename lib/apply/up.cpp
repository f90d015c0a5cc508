#include <algorithm>
#include <set>
#include <utility>

#include "apply/commands.hpp"
#include "apply/engine_runner.hpp"
#include "apply/executor.hpp"
#include "apply/image_checks.hpp"
#include "apply/images.hpp"
#include "apply/last_look.hpp"
#include "apply/lock.hpp"
#include "apply/not_ready.hpp"
#include "apply/observe.hpp"
#include "apply/preflight.hpp"
#include "apply/put_right.hpp"
#include "apply/run_checks.hpp"
#include "apply/undone.hpp"
#include "apply/verdict.hpp"

namespace apply {
namespace {

// The engine has just answered or it would not have come so far.
constexpr auto time_for_a_last_look = std::chrono::seconds(2);

// After an interrupt or a take-over nobody waits for a last look.
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
        notice(warn_of_volumes(appliance_, observed_));
        if (!report_.plan.steps.empty()) {
            auto ahead = look_ahead(run_, view_, observed_, appliance_, report_.plan, images_);
            if (!ahead) {
                report_.failure = std::move(ahead.error());
                return std::move(report_);
            }
            notice(ahead->warnings);
            execute(std::move(ahead->subnet));
        }
        if (!report_.failure || leaves_a_state_to_tell(*report_.failure)) {
            conclude();
        }
        return std::move(report_);
    }

private:
    // Looks at images and the appliance, pulls, and plans.
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
        appliance_ = with_image_checks(appliance_, images_);
        if (!observed) {
            return std::move(observed.error());
        }
        make_plan(std::move(*observed));
        return std::nullopt;
    }

    // Looks at everything on the engine, because the preflight compares with what is not ours.
    std::optional<Failure> look_again() {
        auto view = look_at_everything(run_, appliance_);
        if (!view) {
            return std::move(view.error());
        }
        view_ = std::move(*view);
        make_plan(observed_in(view_, appliance_.id));
        return std::nullopt;
    }

    void notice(const diagnostics::Diagnostics& warnings) {
        std::for_each(warnings.begin(), warnings.end(),
                      [this](const auto& warning) { listener_.on(Noticed{warning}); });
    }

    void make_plan(plan::Observed observed) {
        observed_ = std::move(observed);
        const auto image_ids = ids_of(images_);
        const plan::Desired desired{appliance_, image_ids};
        hosts_ = plan::host_table(appliance_, observed_);
        record_ = plan::record_of(desired, hosts_);
        report_.plan = plan::reconcile(desired, observed_, options_.reconcile);
    }

    [[nodiscard]] CreationContext creation_context(std::string subnet) const {
        CreationContext result;
        result.appliance = appliance_.id;
        result.network_id = plan::kept_network(
            observed_, hosts_.slots.empty() ? plan::Addresses::any : plan::Addresses::fixed);
        result.subnet = std::move(subnet);
        result.engine_cpus = view_.info ? view_.info->cpus : 0;
        result.hosts = hosts_;
        result.volumes = appliance_.volumes;
        for (const auto& [image, detail] : images_) {
            result.image_volumes.emplace(image, detail.volumes);
        }
        return result;
    }

    void execute(std::string subnet) {
        listener_.on(Planned{&report_.plan, &appliance_});
        EngineRunner runner(run_, {.appliance = &appliance_,
                                   .record = &record_,
                                   .context = creation_context(std::move(subnet)),
                                   .observed = &observed_,
                                   .stop_timeout = options_.stop_timeout});
        Executor executor(
            run_, runner, report_.plan,
            {.appliance = &appliance_,
             .settle = waits_until_ready() ? options_.settle : std::chrono::milliseconds(0)});
        const Run::End end = executor.run();
        judge(executor, end);
        if (end != Run::End::timed_out || executor.see_through(patience())) {
            put_right(executor, runner);
        } else {
            notice({{diagnostics::Severity::warning,
                     "the engine has not brought to its end what was begun", std::nullopt,
                     "run `pivot up` again when it answers: it goes on from there"}});
        }
        watched_ = watched_by(executor, report_.plan, observed_,
                              report_.failure ? std::get_if<TimedOut>(&*report_.failure) : nullptr);
    }

    [[nodiscard]] bool waits_until_ready() const {
        return options_.reconcile.wait == plan::ReconcileOptions::Wait::until_ready;
    }

    void judge(Executor& executor, Run::End end) {
        if (!executor.casualties().empty()) {
            fail(not_ready(appliance_, executor.casualties(),
                           undone<plan::StartInstance>(appliance_, report_.plan, executor)));
        } else if (executor.failure()) {
            fail(*executor.failure());
        } else if (end == Run::End::timed_out) {
            auto failure = run_.failure_of(end);
            auto& timed_out = std::get<TimedOut>(*failure);
            timed_out.unfinished =
                undone<plan::StartInstance, plan::ResumeInstance, plan::AwaitReady,
                       plan::AwaitCandidate>(appliance_, report_.plan, executor);
            timed_out.checks = executor.pending_checks();
            run_.allow(time_for_a_last_look);
            add_engines_answers(run_, timed_out.checks);
            for (const plan::Change& change : executor.way_back().changes) {
                timed_out.rolled_back.push_back(change.instance);  // is to be
            }
            fail(std::move(*failure));
        } else {
            report_.failure = run_.failure_of(end);
            if (end == Run::End::interrupted) {
                std::get<Interrupted>(*report_.failure).changed = true;
            }
        }
    }

    // How long after the time limit an engine may take to give back what was taken away: as long as
    // a container may take to stop, and some more for the engine itself.
    [[nodiscard]] std::chrono::seconds patience() const {
        constexpr std::chrono::seconds for_the_engine{20};
        std::chrono::seconds grace = options_.stop_timeout.value_or(std::chrono::seconds(10));
        for (const appliance::Container& container : appliance_.containers) {
            if (!options_.stop_timeout && container.extras.stop_grace_period) {
                grace = std::max(grace, std::chrono::ceil<std::chrono::seconds>(
                                            *container.extras.stop_grace_period));
            }
        }
        return grace + for_the_engine;
    }

    // Told at once: what follows may take as long as a container takes to stop.
    void fail(Failure failure) {
        report_.failure = std::move(failure);
        listener_.on(FailureKnown{&*report_.failure});
    }

    // Takes back what did not take over, then marks what failed.
    void put_right(Executor& executor, EngineRunner& runner) {
        if (!report_.failure || std::holds_alternative<TakenOver>(*report_.failure) ||
            std::holds_alternative<Interrupted>(*report_.failure)) {
            return;  // the next `up` goes on
        }
        const bool is_late = std::holds_alternative<TimedOut>(*report_.failure);
        tell_of(take_back(run_, runner, executor.way_back(),
                          is_late ? std::optional(patience()) : std::nullopt),
                executor.replaced(), executor.casualties());
        mark_failed(executor.casualties(), runner);
    }

    void tell_of(const TakenBack& taken_back, const std::vector<plan::Instance>& stay_new,
                 Casualties& casualties) {
        for (const plan::Instance& instance : taken_back.again) {
            casualties.rolled_back(instance, InstanceFailed::Rollback::done);
        }
        for (const plan::Instance& instance : taken_back.not_again) {
            casualties.rolled_back(instance, InstanceFailed::Rollback::failed);
        }
        if (auto* timed_out = std::get_if<TimedOut>(&*report_.failure)) {
            timed_out->rolled_back = taken_back.again;
        } else if (auto* not_ready = std::get_if<NotReady>(&*report_.failure)) {
            casualties.copy_rollbacks(not_ready->failed);
            not_ready->stay_new = stay_new;
            not_ready->taken_back = taken_back.again;
            for (const InstanceFailed& failed : not_ready->failed) {
                std::erase(not_ready->taken_back, failed.instance);  // it tells so itself
            }
        }
    }

    // An `up` that only waits has no lock: another command may be at work on the same containers.
    void mark_failed(const Casualties& casualties, EngineRunner& runner) {
        if (!has_lock_ || casualties.empty()) {
            return;
        }
        plan::Record record = record_;
        record.failures = casualties.causes();
        apply::mark_failed(
            run_, runner,
            plan::aftermath(appliance_.id, record,
                            plan::records_after(observed_, report_.plan, appliance_.id),
                            casualties.to_mark()));
    }

    // Takes a last look: at the state that is reported, and at what ended without anybody telling.
    void conclude() {
        if (report_.failure) {
            run_.allow(time_for_a_last_look);
        }
        if (!report_.plan.steps.empty()) {
            auto observed = look_at_the_end(run_, appliance_.id, watched_);
            if (!observed) {
                report_.failure = report_.failure ? report_.failure : std::move(observed.error());
                return;
            }
            observed_ = std::move(*observed);
        }
        (void)add_details(run_, observed_,
                          report_.failure ? std::set<std::string>() : beyond_doubt());
        add_watched(observed_, watched_);
        (void)run_checks(run_, observed_);
        report_.status = plan::derive_status(appliance_.id, observed_, advertised_host_);
        if (!report_.failure) {
            pass_judgement();
        }
    }

    // Engine IDs of those that need no closer look: this `up` watched them since their start, or
    // nothing was to do and they have not been started again.
    [[nodiscard]] std::set<std::string> beyond_doubt() const {
        std::set<std::string> ids = watched_.ready;
        for (const plan::ObservedInstance& instance : observed_.instances) {
            if (report_.plan.steps.empty() && instance.state == plan::RunState::running &&
                !may_have_restarted(instance)) {
                ids.insert(instance.engine_id);
            }
        }
        return ids;
    }

    // The state that is shown decides.
    void pass_judgement() {
        auto missed = verdict(*report_.status, observed_, record_, options_.reconcile.wait);
        if (!missed) {
            return;
        }
        Casualties dead(run_);
        add_dead(dead, observed_, record_);
        if (dead.empty() || !waits_until_ready()) {
            fail(std::move(*missed));
            return;
        }
        (void)run_.run_until([&] { return dead.complete(); });
        fail(not_ready(appliance_, dead, {}));
        EngineRunner runner(
            run_, {.context = {.appliance = appliance_.id}, .stop_timeout = options_.stop_timeout});
        mark_failed(dead, runner);
    }

    Run& run_;
    appliance::Appliance appliance_;  // with the checks of its images, once these are known
    const UpOptions& options_;
    const std::string& advertised_host_;
    Listener& listener_;
    EngineView view_;
    plan::Observed observed_;
    Images images_;
    plan::HostTable hosts_;
    plan::Record record_;
    bool has_lock_ = false;
    Watched watched_;
    UpReport report_;
};

}  // namespace

UpReport up(Run& run, const appliance::Appliance& appliance, const UpOptions& options,
            const std::string& advertised_host) {
    return Up(run, appliance, options, advertised_host).run();
}

}  // namespace apply
