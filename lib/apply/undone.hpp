#pragma once

#include <set>
#include <type_traits>
#include <variant>
#include <vector>

#include "apply/executor.hpp"

namespace apply {

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

}  // namespace apply
