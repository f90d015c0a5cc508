#include "apply/not_ready.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace apply {
namespace {

diagnostics::Span place_of(const appliance::Appliance& appliance, const ContainerId& id) {
    const auto found =
        std::find_if(appliance.containers.begin(), appliance.containers.end(),
                     [&](const appliance::Container& container) { return container.id == id; });
    return found == appliance.containers.end() ? diagnostics::Span{} : found->where;
}

// All that it cannot do without.
std::set<ContainerId> needs_of(const ContainerId& id, const appliance::Appliance& appliance) {
    std::set<ContainerId> needs;
    std::vector<ContainerId> open{id};
    while (!open.empty()) {
        const ContainerId one = std::move(open.back());
        open.pop_back();
        for (const appliance::Container& container : appliance.containers) {
            for (const ContainerId& need : container.needs) {
                if (container.id == one && needs.insert(need).second) {
                    open.push_back(need);
                }
            }
        }
    }
    return needs;
}

}  // namespace

NotReady not_ready(const appliance::Appliance& appliance, const Casualties& casualties,
                   const std::vector<ContainerId>& not_started) {
    return not_ready(appliance, casualties.failures(), not_started);
}

NotReady not_ready(const appliance::Appliance& appliance, std::vector<InstanceFailed> all_failed,
                   const std::vector<ContainerId>& not_started) {
    NotReady result{std::move(all_failed), {}};
    std::map<ContainerId, InstanceFailed*>
        first_of;  // of several instances the first is told of it
    for (InstanceFailed& failed : result.failed) {
        failed.where = place_of(appliance, failed.instance.container);
        first_of.emplace(failed.instance.container, &failed);
    }
    for (const ContainerId& id : not_started) {
        if (first_of.contains(id)) {
            continue;
        }
        bool because_of_one = false;
        const std::set<ContainerId> needs = needs_of(id, appliance);
        for (const auto& [failed_id, failed] : first_of) {
            if (needs.contains(failed_id)) {
                failed->not_started.push_back(id);
                because_of_one = true;
            }
        }
        if (!because_of_one) {
            result.not_started.push_back(id);
        }
    }
    return result;
}

void add_dead(Casualties& casualties, const plan::Observed& observed, const plan::Record& record) {
    const plan::EntryIndex entries = plan::index_of(record);
    std::map<ContainerId, std::vector<const plan::ObservedInstance*>> dead;
    for (const plan::ObservedInstance& instance : observed.instances) {
        const auto entry = entries.find(instance.instance.container);
        const bool wanted =
            entry != entries.end() && instance.instance.number <= entry->second->instances;
        const bool is_service = instance.entry == std::nullopt ||
                                instance.entry->type == appliance::ContainerType::service;
        const bool ended = is_service && instance.role == plan::Role::instance &&
                           (instance.state == plan::RunState::exited ||
                            instance.state == plan::RunState::restarting);
        if (wanted && ended) {
            dead[instance.instance.container].push_back(&instance);
        }
    }
    for (const auto& [container, instances] : dead) {
        const plan::RecordedContainer& entry = *entries.at(container);
        const int others = entry.instances - static_cast<int>(instances.size());
        if (others >= plan::needed_instances(entry.instances, entry.capacity)) {
            continue;
        }
        for (const plan::ObservedInstance* instance : instances) {
            InstanceFailed failure;
            failure.instance = instance->instance;
            casualties.add({std::move(failure), instance->engine_id});
        }
    }
}

}  // namespace apply
