#include "plan/removal.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "plan/order.hpp"

namespace plan {

namespace {

std::vector<ContainerId> needs_of(const ObservedInstance& instance) {
    return instance.entry ? instance.entry->needs : std::vector<ContainerId>{};
}

}  // namespace

bool must_be_stopped(const ObservedInstance& instance) {
    switch (instance.state) {
        case RunState::running:
        case RunState::paused:
        case RunState::restarting:
        case RunState::unknown: return true;
        case RunState::created:
        case RunState::removing:
        case RunState::exited:
        case RunState::dead: return false;
    }
    return true;
}

StepIndex add_removal(Plan& plan, const Removal& removal, std::vector<StepIndex> after) {
    const ObservedInstance& instance = *removal.instance;
    if (must_be_stopped(instance)) {
        after = {plan.add(StopInstance{instance.instance, instance.engine_id, instance.role},
                          std::move(after), removal.reason)};
    }
    return plan.add(DeleteInstance{instance.instance, instance.engine_id, instance.role},
                    std::move(after), removal.reason);
}

std::vector<StepIndex> add_removals(Plan& plan, const std::vector<Removal>& removals,
                                    const std::vector<StepIndex>& after,
                                    std::map<std::string, StepIndex>* gone_by_engine_id) {
    std::map<ContainerId, std::vector<const Removal*>> of_container;
    std::vector<Needs> graph;
    for (const Removal& removal : removals) {
        const ContainerId& container = removal.instance->instance.container;
        auto& list = of_container[container];
        if (list.empty()) {
            graph.push_back({container, needs_of(*removal.instance)});
        }
        list.push_back(&removal);
    }
    std::vector<ContainerId> order = in_order_of_needs(graph);
    std::reverse(order.begin(), order.end());

    std::map<ContainerId, std::vector<StepIndex>> dependents_gone;
    std::vector<StepIndex> deletes;
    for (const ContainerId& container : order) {
        std::vector<StepIndex> before = after;
        const auto& dependents = dependents_gone[container];
        before.insert(before.end(), dependents.begin(), dependents.end());
        std::vector<StepIndex> gone;
        for (const Removal* removal : of_container[container]) {
            gone.push_back(add_removal(plan, *removal, before));
            if (gone_by_engine_id != nullptr) {
                (*gone_by_engine_id)[removal->instance->engine_id] = gone.back();
            }
        }
        deletes.insert(deletes.end(), gone.begin(), gone.end());
        for (const ContainerId& need : needs_of(*of_container[container].front()->instance)) {
            dependents_gone[need].insert(dependents_gone[need].end(), gone.begin(), gone.end());
        }
    }
    return deletes;
}

}  // namespace plan
