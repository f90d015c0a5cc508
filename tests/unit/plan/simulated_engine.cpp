#include "unit/plan/simulated_engine.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace plan::testing {
namespace {

Reply wrong(std::string text) { return {Reply::Kind::wrong, std::move(text)}; }

bool share_a_port(const SimulatedContainer& one, const SimulatedContainer& other) {
    const auto held = held_ports(one);
    const auto others = held_ports(other);
    return std::any_of(held.begin(), held.end(), [&](const HostPort& port) {
        return std::find(others.begin(), others.end(), port) != others.end();
    });
}

}  // namespace

std::vector<HostPort> held_ports(const SimulatedContainer& container) {
    std::vector<HostPort> held;
    for (const BoundPort& port : container.ports) {
        held.emplace_back(port.host_port, port.protocol);
    }
    if (container.entry.host_network) {
        for (const RecordedPort& port : container.entry.ports) {
            held.emplace_back(port.container_port, port.protocol);
        }
    }
    return held;
}

bool runs(const SimulatedContainer& container) {
    return container.state == RunState::running || container.state == RunState::paused ||
           container.state == RunState::restarting;
}

SimulatedEngine::SimulatedEngine(ApplianceId appliance) : appliance_(std::move(appliance)) {
    networks.push_back({"n-other", "pivot-other", Owner::somebody_else});
    for (const char* name : {"other.db.1", "other.web.1.next"}) {
        SimulatedContainer container{new_id("c"), name, Owner::somebody_else};
        container.state = RunState::running;
        container.network = "n-other";
        containers.push_back(std::move(container));
    }
    volumes["other.data"] = {Owner::somebody_else};
    volumes["pivot.other.1"] = {Owner::somebody_else, "{}"};
    volumes[fmt::format("{}.data", appliance_)] = {Owner::appliance};
}

Reply SimulatedEngine::apply(const Action& action, const ContainerRef& container, Making& making) {
    const std::string* id = existing_id(container);
    return std::visit([&](const auto& one) { return apply(one, id == nullptr ? "" : *id, making); },
                      action);
}

Reply SimulatedEngine::apply(const WriteRecord& action, const std::string&, Making&) {
    const auto [at, written] =
        volumes.emplace(action.volume, SimulatedVolume{Owner::appliance, action.text});
    return written || at->second.record == action.text ? Reply{}
                                                       : wrong("another record is there already");
}

Reply SimulatedEngine::apply(const CreateNetwork& action, const std::string&, Making& making) {
    if (std::any_of(networks.begin(), networks.end(),
                    [&](const auto& one) { return one.name == action.name; })) {
        return wrong("the network's name is taken");
    }
    making.network_id = new_id("n");
    networks.push_back(
        {making.network_id, action.name, Owner::appliance, action.addresses == Addresses::fixed});
    return {};
}

Reply SimulatedEngine::apply(const CreateInstance& action, const std::string&, Making& making) {
    const auto& all = making.appliance.containers;
    const auto own = std::find_if(all.begin(), all.end(), [&](const auto& one) {
        return one.id == action.instance.container;
    });
    SimulatedContainer made{new_id("c"), engine_name(appliance_, action.instance, action.role)};
    if (own == all.end() || find(action.instance, action.role) != nullptr) {
        return wrong("nobody wants it, or its name is taken");
    }
    made.instance = action.instance;
    made.entry = making.record.containers[static_cast<std::size_t>(own - all.begin())];
    made.fate = next_fate();
    const auto hosts = making.hosts.of.find(own->id);
    if (own->network_mode == appliance::NetworkMode::host) {
        made.network = "host";
        const bool knows =
            hosts != making.hosts.of.end() &&
            std::any_of(hosts->second.begin(), hosts->second.end(),
                        [](const Host& host) { return std::holds_alternative<Slot>(host.at); });
        made.known_network = knows ? making.network_id : "";
    } else {
        const SimulatedNetwork* on = network(making.network_id);
        const auto slot = making.hosts.slots.find(action.instance);
        if (on == nullptr || (slot != making.hosts.slots.end() && !on->fixed_subnet)) {
            return wrong("there is no such network, or its addresses cannot be chosen");
        }
        made.network = making.network_id;
        made.slot = slot == making.hosts.slots.end() ? std::nullopt : std::optional(slot->second);
        for (const appliance::Port& port : own->ports) {
            if (port.host_port != 0) {
                made.ports.push_back(
                    {"0.0.0.0", port.host_port, port.container_port, port.protocol});
            }
        }
    }
    std::string id = made.id;
    containers.push_back(std::move(made));
    return {Reply::Kind::done, "", std::move(id)};
}

Reply SimulatedEngine::apply(const RestorePolicy&, const std::string& id, Making&) {
    SimulatedContainer* own = find(id);
    if (own == nullptr) {
        return wrong("no such container");
    }
    own->marked_failed = false;
    return {};
}

Reply SimulatedEngine::apply(const MarkFailed&, const std::string& id, Making&) {
    SimulatedContainer* own = find(id);
    if (own == nullptr || own->state == RunState::restarting) {
        return wrong("no such container, or it is being restarted");
    }
    own->marked_failed = true;
    return {};
}

Reply SimulatedEngine::apply(const StartInstance&, const std::string& id, Making&) {
    SimulatedContainer* own = find(id);
    if (own == nullptr) {
        return wrong("no such container");
    }
    if (own->state == RunState::running) {
        return {};
    }
    Reply reply = may_start(*own);
    if (reply.kind != Reply::Kind::done) {
        return reply;
    }
    if (own->fate == Fate::refuses_start) {
        return {Reply::Kind::refused, "as it happens"};
    }
    own->state = RunState::running;
    return {};
}

// Whether anything is in the way.
Reply SimulatedEngine::may_start(const SimulatedContainer& container) const {
    if (container.state != RunState::created && container.state != RunState::exited) {
        return wrong("it is in no state to be started");
    }
    if (container.network != "host" && network(container.network) == nullptr) {
        return wrong("its network is gone");
    }
    for (const SimulatedContainer& other : containers) {
        if (runs(other) && container.slot && other.slot == container.slot &&
            other.network == container.network) {
            return wrong(fmt::format("{} has its address", other.name));
        }
        if (runs(other) && share_a_port(container, other)) {
            return {Reply::Kind::refused, fmt::format("{} has its port", other.name), other.id};
        }
    }
    return {};
}

Reply SimulatedEngine::apply(const ResumeInstance&, const std::string& id, Making&) {
    SimulatedContainer* own = find(id);
    if (own == nullptr || own->state != RunState::paused) {
        return wrong("no such container, or it is not paused");
    }
    own->state = RunState::running;
    return {};
}

Reply SimulatedEngine::apply(const StopInstance&, const std::string& id, Making&) {
    constexpr int exit_of_sigterm = 143;
    SimulatedContainer* own = find(id);
    if (own != nullptr && runs(*own)) {
        own->state = RunState::exited;
        own->exit_code = exit_of_sigterm;
    }
    return {};
}

Reply SimulatedEngine::apply(const DeleteInstance&, const std::string& id, Making&) {
    const SimulatedContainer* own = find(id);
    if (own == nullptr || runs(*own)) {
        return wrong("no such container, or it runs");
    }
    std::erase_if(containers, [&](const auto& one) { return one.id == id; });
    return {};
}

Reply SimulatedEngine::apply(const PromoteCandidate& action, const std::string& id, Making&) {
    SimulatedContainer* own = find(id);
    if (own == nullptr || find(action.instance, Role::instance) != nullptr) {
        return wrong("no such container, or the name is taken");
    }
    own->name = engine_name(appliance_, action.instance);
    return {};
}

Reply SimulatedEngine::apply(const DeleteNetwork& action, const std::string&, Making&) {
    if (network(action.engine_id) == nullptr ||
        std::any_of(containers.begin(), containers.end(), [&](const auto& one) {
            return runs(one) && one.network == action.engine_id;
        })) {
        return wrong("no such network, or it is in use");
    }
    std::erase_if(networks, [&](const auto& one) { return one.id == action.engine_id; });
    return {};
}

Reply SimulatedEngine::apply(const DeleteVolume& action, const std::string&, Making&) {
    volumes.erase(action.name);
    return {};
}

Reply SimulatedEngine::apply(const AwaitCandidate&, const std::string&, Making&) { return {}; }
Reply SimulatedEngine::apply(const AwaitReady&, const std::string&, Making&) { return {}; }
Reply SimulatedEngine::apply(const Milestone&, const std::string&, Making&) { return {}; }

SimulatedContainer* SimulatedEngine::find(const std::string& id) {
    const auto found = std::find_if(containers.begin(), containers.end(),
                                    [&](const auto& one) { return one.id == id; });
    return found == containers.end() ? nullptr : &*found;
}

SimulatedContainer* SimulatedEngine::find(const Instance& instance, Role role) {
    const std::string name = engine_name(appliance_, instance, role);
    const auto found = std::find_if(containers.begin(), containers.end(),
                                    [&](const auto& one) { return one.name == name; });
    return found == containers.end() ? nullptr : &*found;
}

std::string SimulatedEngine::new_id(const char* kind) {
    return fmt::format("{}{:03}", kind, ++made_);
}

const SimulatedNetwork* SimulatedEngine::network(const std::string& id) const {
    const auto found = std::find_if(networks.begin(), networks.end(),
                                    [&](const auto& one) { return one.id == id; });
    return found == networks.end() ? nullptr : &*found;
}

}  // namespace plan::testing
