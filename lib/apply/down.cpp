#include "apply/commands.hpp"
#include "apply/executor.hpp"
#include "apply/lock.hpp"
#include "apply/observe.hpp"

namespace apply {
namespace {

void count_removed(DownReport& report, const Executor& executor) {
    for (plan::StepIndex i = 0; i < report.plan.steps.size(); ++i) {
        if (!executor.is_done(i)) {
            continue;
        }
        const plan::Action& action = report.plan.steps[i].action;
        if (std::holds_alternative<plan::DeleteInstance>(action)) {
            ++report.containers;
        } else if (std::holds_alternative<plan::DeleteNetwork>(action)) {
            ++report.networks;
        } else if (const auto* volume = std::get_if<plan::DeleteVolume>(&action);
                   volume != nullptr && std::erase(report.kept_volumes, volume->name) > 0) {
            ++report.volumes;
        }
    }
}

}  // namespace

DownReport down(Run& run, const ApplianceId& id, const DownOptions& options) {
    DownReport report;
    Lock lock(run, run.client().address(), id, Lock::Holder::down);
    report.failure = run.failure_of(lock.acquire());
    if (report.failure) {
        return report;
    }
    auto observed = observe(run, id);
    if (!observed) {
        report.failure = std::move(observed.error());
        return report;
    }
    const bool nothing_to_purge =
        options.volumes == plan::Volumes::keep || observed->volumes.empty();
    if (observed->empty() && nothing_to_purge && lock.had_to_wait()) {
        return report;  // whoever held it took it away
    }
    if (observed->empty() && nothing_to_purge) {
        report.failure = NoSuchAppliance{id};
        return report;
    }
    report.plan = plan::teardown(*observed, options.volumes);
    report.kept_volumes = observed->volumes;
    run.listener().on(Planned{&report.plan, nullptr});

    ExecutorOptions executor_options;
    executor_options.surroundings.appliance = id;
    executor_options.stop_timeout = options.stop_timeout;
    Executor executor(run, report.plan, std::move(executor_options));
    const Run::End end = executor.run();
    if (executor.failure()) {
        report.failure = executor.failure();
    } else {
        report.failure = run.failure_of(end);
        if (report.failure) {
            if (auto* interrupted = std::get_if<Interrupted>(&*report.failure)) {
                interrupted->changed = true;
            }
        }
    }
    count_removed(report, executor);
    return report;
}

}  // namespace apply
