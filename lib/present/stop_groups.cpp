#include "present/stop_groups.hpp"

#include <algorithm>
#include <variant>

namespace present {

StopGroups::StopGroups(const plan::Plan& plan) {
    // How many stops are on the longest way to each step; steps come after what they wait for.
    std::vector<std::size_t> stops_before(plan.steps.size(), 0);
    for (plan::StepIndex i = 0; i < plan.steps.size(); ++i) {
        for (const plan::StepIndex before : plan.steps[i].after) {
            const bool is_stop =
                std::holds_alternative<plan::StopInstance>(plan.steps[before].action);
            stops_before[i] = std::max(stops_before[i], stops_before[before] + (is_stop ? 1 : 0));
        }
        if (const auto* stop = std::get_if<plan::StopInstance>(&plan.steps[i].action)) {
            depth_[i] = stops_before[i];
            names_[i] = plan::to_string(stop->instance);
            ++groups_[stops_before[i]].left;
        }
    }
}

std::optional<StopGroups::Stopped> StopGroups::ended(plan::StepIndex step,
                                                     std::chrono::microseconds took) {
    const auto depth = depth_.find(step);
    if (depth == depth_.end()) {
        return std::nullopt;
    }
    Group& group = groups_[depth->second];
    group.stopped.instances.push_back(names_[step]);
    group.stopped.took = std::max(group.stopped.took, took);
    if (--group.left > 0) {
        return std::nullopt;
    }
    std::sort(group.stopped.instances.begin(), group.stopped.instances.end());
    return group.stopped;
}

std::vector<StopGroups::Stopped> StopGroups::unfinished() const {
    std::vector<Stopped> some;
    for (const auto& [depth, group] : groups_) {
        if (group.left > 0 && !group.stopped.instances.empty()) {
            some.push_back(group.stopped);
        }
    }
    return some;
}

}  // namespace present
