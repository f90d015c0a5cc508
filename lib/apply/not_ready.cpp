#include "apply/not_ready.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace apply {
namespace {

diagnostics::Span place_of(const appliance::Appliance& appliance, const ContainerId& id) {
    const auto found =
        std::find_if(appliance.containers.begin(), appliance.containers.end(),
                     [&](const appliance::Container& container) { return container.id == id; });
    return found == appliance.containers.end() ? diagnostics::Span{} : found->where;
}

}  // namespace

NotReady not_ready(const appliance::Appliance& appliance, const Casualties& casualties,
                   std::vector<ContainerId> not_started) {
    NotReady result{casualties.failures(), std::move(not_started)};
    for (InstanceFailed& failed : result.failed) {
        failed.where = place_of(appliance, failed.instance.container);
        std::erase(result.not_started, failed.instance.container);
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
