#pragma once

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "plan/fingerprint.hpp"
#include "plan/reconcile.hpp"
#include "plan/status.hpp"
#include "plan/teardown.hpp"

// A small appliance and an engine that has it, for tests that change one thing and look at the
// plan.
namespace plan::testing {

inline appliance::Container service(const std::string& id,
                                    const std::vector<std::string>& needs = {}) {
    appliance::Container container;
    container.id = ContainerId(id);
    container.image = id + ":1";
    for (const std::string& need : needs) {
        container.needs.emplace_back(need);
    }
    return container;
}

struct World {
    appliance::Appliance appliance{ApplianceId("shop"), {}};
    std::map<std::string, std::string> images;
    Observed observed;
    ReconcileOptions options;

    explicit World(std::vector<appliance::Container> containers) {
        appliance.containers = std::move(containers);
        for (const auto& container : appliance.containers) {
            images[container.image] = "sha256:" + container.image;
        }
    }

    [[nodiscard]] Desired desired() const { return {appliance, images}; }
    [[nodiscard]] Record record() const {
        return record_of(desired(), host_table(appliance, observed));
    }
    [[nodiscard]] Plan plan() const { return reconcile(desired(), observed, options); }

    appliance::Container& container(const std::string& id) {
        for (auto& container : appliance.containers) {
            if (container.id.str() == id) {
                return container;
            }
        }
        throw std::out_of_range(id);
    }
    ObservedInstance& instance(const std::string& name) {
        for (auto& instance : observed.instances) {
            if (to_string(instance.instance) == name) {
                return instance;
            }
        }
        throw std::out_of_range(name);
    }

    // As after an `up` of the appliance as it is now.
    World& deployed() {
        const Record record = this->record();
        observed = {};
        observed.networks.push_back({"net1", network_name(appliance.id)});
        observed.records.push_back({record_name(appliance.id, 1), 1, to_text(record)});
        for (std::size_t i = 0; i < appliance.containers.size(); ++i) {
            const auto& container = appliance.containers[i];
            for (int number = 1; number <= container.instances; ++number) {
                ObservedInstance instance;
                instance.instance = {container.id, number};
                instance.engine_id = "id-" + to_string(instance.instance);
                instance.engine_name = engine_name(appliance.id, instance.instance);
                instance.fingerprint = record.containers[i].fingerprint;
                instance.image = container.image;
                instance.state = RunState::running;
                instance.network_mode = "net1";
                instance.entry = record.containers[i];
                std::uint16_t ephemeral = 32768;
                for (const auto& port : container.ports) {
                    const std::uint16_t host_port =
                        port.host_port != 0 ? port.host_port : ephemeral++;
                    instance.ports.push_back(
                        {"0.0.0.0", host_port, port.container_port, port.protocol});
                }
                observed.instances.push_back(instance);
            }
        }
        return *this;
    }
};

inline std::string changes(const Plan& plan) {
    std::string text = fmt::format("{} unchanged\n", plan.unchanged);
    constexpr const char* words[] = {"create", "replace", "start", "remove"};
    for (const Change& change : plan.changes) {
        text += fmt::format("{} {}{}{}\n", words[static_cast<int>(change.kind)],
                            to_string(change.instance), change.reason.empty() ? "" : ": ",
                            change.reason);
    }
    return text;
}

}  // namespace plan::testing
