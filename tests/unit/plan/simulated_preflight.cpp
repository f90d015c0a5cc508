#include "unit/plan/simulated_preflight.hpp"

#include <algorithm>

namespace plan::testing {
namespace {

bool is_wanted(const SimulatedContainer& container, const appliance::Appliance& document) {
    return std::any_of(document.containers.begin(), document.containers.end(),
                       [&](const auto& own) { return own.id == container.instance.container; });
}

bool has_a_wanted_port(const SimulatedContainer& container, const appliance::Appliance& document) {
    const std::vector<HostPort> held = held_ports(container);
    for (const appliance::Container& own : document.containers) {
        for (const appliance::Port& port : own.ports) {
            if (std::find(held.begin(), held.end(), HostPort(port.host_port, port.protocol)) !=
                held.end()) {
                return true;
            }
        }
    }
    return false;
}

bool loses_its_network(const SimulatedContainer& container, const Plan& plan) {
    return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const Step& step) {
        const auto* gone = std::get_if<DeleteNetwork>(&step.action);
        return gone != nullptr && gone->engine_id == container.network;
    });
}

}  // namespace

bool is_refused(const SimulatedEngine& engine, const Plan& plan, const Making& making) {
    return std::any_of(
        engine.containers.begin(), engine.containers.end(), [&](const SimulatedContainer& one) {
            return runs(one) && !is_wanted(one, making.appliance) &&
                   (has_a_wanted_port(one, making.appliance) || loses_its_network(one, plan));
        });
}

}  // namespace plan::testing
