#include "apply/verdict.hpp"

#include <algorithm>
#include <set>

namespace apply {
namespace {

bool was_started(const plan::ObservedInstance& instance) {
    switch (instance.state) {
        case plan::RunState::created:
        case plan::RunState::removing:
        case plan::RunState::dead:
        case plan::RunState::unknown: return false;
        case plan::RunState::running:
        case plan::RunState::paused:
        case plan::RunState::restarting:
        case plan::RunState::exited: return true;
    }
    return false;
}

// The containers of which an instance was not started.
std::set<ContainerId> not_started(const plan::Observed& observed, const plan::Record& record) {
    std::set<plan::Instance> started;
    for (const plan::ObservedInstance& instance : observed.instances) {
        if (was_started(instance)) {
            started.insert(instance.instance);
        }
    }
    std::set<ContainerId> result;
    for (const plan::RecordedContainer& entry : record.containers) {
        for (int number = 1; number <= entry.instances; ++number) {
            if (!started.contains({entry.id, number})) {
                result.insert(entry.id);
            }
        }
    }
    return result;
}

}  // namespace

std::optional<Failure> verdict(const plan::ApplianceStatus& status, const plan::Observed& observed,
                               const plan::Record& record, plan::ReconcileOptions::Wait wait) {
    GoalMissed missed;
    if (wait == plan::ReconcileOptions::Wait::until_started) {
        const std::set<ContainerId> missing = not_started(observed, record);
        for (const plan::ContainerStatus& container : status.containers) {
            if (missing.contains(container.id)) {
                missed.containers.push_back(container);
            }
        }
    } else if (!plan::reached_goal(status)) {
        for (const plan::ContainerStatus& container : status.containers) {
            if (!plan::is_in_goal_state(container)) {
                missed.containers.push_back(container);
            }
        }
    }
    return missed.containers.empty() ? std::nullopt : std::optional<Failure>(std::move(missed));
}

}  // namespace apply
