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

DownReport down(engine::Client& client, const ApplianceId& id, const DownOptions& options,
                Listener& listener, Interrupt& interrupt) {
    DownReport report;
    Loop loop(client, listener, &interrupt, std::nullopt);
    Lock lock(loop, client.address(), id, Lock::Holder::down);
    if (lock.acquire() != Loop::End::done) {
        report.failure = Interrupted{interrupt.signal().value_or(0), false};
        return report;
    }
    auto observed = observe(client, id);
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
    for (const plan::ObservedVolume& volume : observed->volumes) {
        report.kept_volumes.push_back(volume.name);
    }
    listener.on(Planned{&report.plan, nullptr});

    ExecutorOptions executor_options;
    executor_options.surroundings.appliance = id;
    executor_options.stop_timeout = options.stop_timeout;
    Executor executor(loop, report.plan, std::move(executor_options));
    const Loop::End end = executor.run();
    if (executor.failure()) {
        report.failure = executor.failure();
    } else if (end == Loop::End::interrupted) {
        report.failure = Interrupted{interrupt.signal().value_or(0), true};
    }
    count_removed(report, executor);
    return report;
}

}  // namespace apply
