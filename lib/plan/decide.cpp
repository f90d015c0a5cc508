#include "plan/decide.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "plan/fingerprint.hpp"

namespace plan {
namespace {

using Kind = Decision::Kind;

const RecordedContainer* find(const std::optional<Record>& record, const ContainerId& id) {
    if (record) {
        for (const RecordedContainer& entry : record->containers) {
            if (entry.id == id) {
                return &entry;
            }
        }
    }
    return nullptr;
}

std::string creation_reason(const std::optional<Record>& before, const Instance& instance,
                            int instances) {
    if (!before) {
        return "";
    }
    const RecordedContainer* entry = find(before, instance.container);
    if (entry == nullptr) {
        return "new in the document";
    }
    if (instance.number > entry->instances) {
        return fmt::format("instances {} -> {}", entry->instances, instances);
    }
    return "is not there";
}

// What an instance whose fingerprint is right needs, given its state.
std::pair<Kind, std::string> by_state(RunState state) {
    switch (state) {
        case RunState::running: return {Kind::leave, ""};
        case RunState::paused: return {Kind::resume, "was paused"};
        case RunState::restarting: return {Kind::start, "keeps failing"};
        case RunState::created: return {Kind::start, "was never started"};
        case RunState::exited: return {Kind::start, "was stopped"};
        case RunState::removing:
        case RunState::dead: return {Kind::replace, "was half removed"};
    }
    return {Kind::leave, ""};
}

std::pair<Kind, std::string> what_to_do(const appliance::Container& container,
                                        const std::string& fingerprint,
                                        const ObservedInstance& observed,
                                        const std::string& network_id,
                                        const ReconcileOptions& options) {
    if (observed.fingerprint != fingerprint) {
        return {Kind::replace, difference(observed.fingerprint, fingerprint)};
    }
    if (container.network_mode != appliance::NetworkMode::host &&
        observed.network_mode != network_id) {
        return {Kind::replace, "its network is gone"};
    }
    if (options.unchanged == ReconcileOptions::Unchanged::recreate) {
        return {Kind::replace, "asked for"};
    }
    return by_state(observed.state);
}

}  // namespace

Decisions decide(const Desired& desired, const Observed& observed,
                 const ReconcileOptions& options) {
    Decisions decisions;
    decisions.record = record_of(desired);
    decisions.network_id = kept_network(observed);
    const std::optional<Record> before = current_record(observed);
    std::map<Instance, const ObservedInstance*> there;
    for (const ObservedInstance& instance : observed.instances) {
        there.emplace(instance.instance, &instance);
    }
    std::map<ContainerId, int> wanted;
    for (std::size_t i = 0; i < desired.appliance.containers.size(); ++i) {
        const appliance::Container& container = desired.appliance.containers[i];
        wanted.emplace(container.id, container.instances);
        auto& own = decisions.containers.emplace_back();
        for (int number = 1; number <= container.instances; ++number) {
            const Instance instance{container.id, number};
            const auto found = there.find(instance);
            if (found == there.end()) {
                own.push_back({Kind::create, instance, nullptr,
                               creation_reason(before, instance, container.instances)});
                continue;
            }
            auto [kind, reason] = what_to_do(container, decisions.record.containers[i].fingerprint,
                                             *found->second, decisions.network_id, options);
            own.push_back({kind, instance, found->second, std::move(reason)});
        }
    }
    for (const ObservedInstance& observed_instance : observed.instances) {
        const Instance& instance = observed_instance.instance;
        const auto count = wanted.find(instance.container);
        if (count == wanted.end()) {
            if (options.orphans == ReconcileOptions::Orphans::remove) {
                decisions.leftovers.push_back({&observed_instance, "no longer in the document"});
            }
        } else if (instance.number < 1 || instance.number > count->second) {
            const RecordedContainer* entry = find(before, instance.container);
            decisions.leftovers.push_back(
                {&observed_instance,
                 entry == nullptr || entry->instances == count->second
                     ? fmt::format("instances {}", count->second)
                     : fmt::format("instances {} -> {}", entry->instances, count->second)});
        }
    }
    return decisions;
}

Record record_of(const Desired& desired) {
    Record record;
    for (const appliance::Container& container : desired.appliance.containers) {
        const auto image = desired.image_ids.find(container.image);
        RecordedContainer entry;
        entry.id = container.id;
        entry.type = container.type;
        entry.image = container.image;
        entry.instances = container.instances;
        entry.fingerprint = fingerprint(
            container, image == desired.image_ids.end() ? std::string() : image->second);
        entry.needs = container.needs;
        for (const appliance::Port& port : container.ports) {
            entry.ports.push_back({port.container_port, port.protocol, port.name});
        }
        record.containers.push_back(std::move(entry));
    }
    return record;
}

}  // namespace plan
