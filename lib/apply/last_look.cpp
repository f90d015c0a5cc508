#include "apply/last_look.hpp"

#include <algorithm>

#include "apply/observe.hpp"

namespace apply {
namespace {

constexpr auto longest_wait_for_jobs = std::chrono::seconds(5);
constexpr auto pause_between_looks = std::chrono::milliseconds(20);

bool has_job_that_seems_to_run(const plan::Observed& observed, const Watched& watched) {
    return std::any_of(observed.instances.begin(), observed.instances.end(),
                       [&](const plan::ObservedInstance& instance) {
                           return watched.ready.contains(instance.engine_id) && instance.entry &&
                                  instance.entry->type == appliance::ContainerType::job &&
                                  instance.state == plan::RunState::running;
                       });
}

}  // namespace

Watched watched_by(const Executor& executor, const plan::Plan& plan, const plan::Observed& before,
                   const TimedOut* timed_out) {
    Watched watched;
    for (const PendingCheck& check :
         timed_out != nullptr ? timed_out->checks : executor.pending_checks()) {
        if (!check.answer.empty()) {
            watched.unpassed[check.engine_id] = check.answer;
        } else if (timed_out != nullptr) {
            watched.unpassed[check.engine_id] = "no answer in time";  // nor is there time to ask
        }
    }
    for (const plan::ObservedInstance& instance : before.instances) {
        if (executor.is_still_ready(instance.engine_id)) {
            watched.ready.insert(instance.engine_id);
        }
    }
    for (plan::StepIndex i = 0; i < plan.steps.size(); ++i) {
        if (const auto id = executor.made_by(i); id && executor.is_still_ready(*id)) {
            watched.ready.insert(*id);
        }
    }
    return watched;
}

tl::expected<plan::Observed, Failure> look_at_the_end(Run& run, const ApplianceId& id,
                                                      const Watched& watched) {
    const auto deadline = Clock::now() + longest_wait_for_jobs;
    for (;;) {
        auto observed = observe(run, id);
        if (!observed || !has_job_that_seems_to_run(*observed, watched)) {
            return observed;
        }
        // An inspect shows the end of a job sooner than the list.
        (void)add_details(run, *observed);
        if (!has_job_that_seems_to_run(*observed, watched) || Clock::now() > deadline) {
            return observed;
        }
        const auto again = Clock::now() + pause_between_looks;
        run.at(again, [] {});
        if (auto failure = run.failure_of(run.run_until([&] { return Clock::now() >= again; }))) {
            return tl::unexpected(std::move(*failure));
        }
    }
}

void add_watched(plan::Observed& observed, const Watched& watched) {
    for (plan::ObservedInstance& instance : observed.instances) {
        const auto unpassed = watched.unpassed.find(instance.engine_id);
        if (watched.ready.contains(instance.engine_id)) {
            instance.check = plan::CheckResult{true, ""};
        } else if (unpassed != watched.unpassed.end()) {
            instance.check = plan::CheckResult{false, unpassed->second};
        }
    }
}

}  // namespace apply
