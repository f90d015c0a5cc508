#include "apply/preflight.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "apply/translate.hpp"

namespace apply {
namespace {

bool is_ours(const engine::Labels& labels, const ApplianceId& id) {
    const auto found = labels.find(plan::label::appliance);
    return found != labels.end() && found->second == id.str();
}

// The containers that the plan makes or starts, and the names they get.
struct Wanted {
    std::set<ContainerId> containers;
    std::set<std::string> names;
    std::string network;  // empty where none is made
};

Wanted wanted_by(const plan::Plan& plan, const ApplianceId& id) {
    Wanted result;
    for (const plan::Step& step : plan.steps) {
        if (const auto* create = std::get_if<plan::CreateInstance>(&step.action)) {
            result.names.insert(plan::engine_name(id, create->instance));
        } else if (const auto* start = std::get_if<plan::StartInstance>(&step.action)) {
            result.containers.insert(start->instance.container);
        } else if (const auto* network = std::get_if<plan::CreateNetwork>(&step.action)) {
            result.network = network->name;
        }
    }
    return result;
}

bool any_address(const std::string& ip) { return ip.empty() || ip == "0.0.0.0" || ip == "::"; }

bool collide(const appliance::Port& port, const engine::PublishedPort& held) {
    return port.host_port != 0 && port.host_port == held.host_port &&
           to_engine(port.protocol) == held.protocol &&
           (any_address(port.host_ip) || any_address(held.host_ip) || port.host_ip == held.host_ip);
}

std::optional<Failure> find_conflict(const appliance::Appliance& appliance, const Wanted& wanted,
                                     const std::vector<engine::ContainerSummary>& containers) {
    for (const engine::ContainerSummary& other : containers) {
        if (is_ours(other.labels, appliance.id)) {
            continue;
        }
        if (wanted.names.contains(other.name)) {
            return NameTaken{NameTaken::What::container, other.name};
        }
        if (other.state != engine::ContainerState::running &&
            other.state != engine::ContainerState::paused) {
            continue;  // the ports it shows are stale
        }
        for (const appliance::Container& container : appliance.containers) {
            if (!wanted.containers.contains(container.id)) {
                continue;
            }
            for (const appliance::Port& port : container.ports) {
                for (const engine::PublishedPort& held : other.ports) {
                    if (collide(port, held)) {
                        return PortTaken{port.host_port, port.protocol, other.name, other.image,
                                         port.where};
                    }
                }
            }
        }
    }
    return std::nullopt;
}

diagnostics::Diagnostics cut_cpus(const appliance::Appliance& appliance, const Wanted& wanted,
                                  int engine_cpus) {
    diagnostics::Diagnostics warnings;
    for (const appliance::Container& container : appliance.containers) {
        const auto& cpus = container.resources.cpus;
        if (wanted.containers.contains(container.id) && cpus && *cpus > engine_cpus) {
            warnings.push_back(
                {diagnostics::Severity::warning,
                 fmt::format("container `{}` asks for {} cpus, this engine has {}: limited to {}",
                             container.id, *cpus, engine_cpus, engine_cpus),
                 std::nullopt, ""});
        }
    }
    return warnings;
}

}  // namespace

tl::expected<Preflight, Failure> preflight(engine::Client& client,
                                           const appliance::Appliance& appliance,
                                           const plan::Plan& plan) {
    const Wanted wanted = wanted_by(plan, appliance.id);
    Preflight result;
    if (wanted.containers.empty()) {
        return result;
    }
    const bool asks_for_cpus =
        std::any_of(appliance.containers.begin(), appliance.containers.end(),
                    [](const auto& container) { return container.resources.cpus.has_value(); });
    std::optional<engine::Result<std::vector<engine::ContainerSummary>>> containers;
    std::optional<engine::Result<std::vector<engine::Network>>> networks;
    std::optional<engine::Result<engine::SystemInfo>> info;
    client.send(engine::api::list_containers({}),
                [&](auto reply) { containers = std::move(reply); });
    if (wanted.network.empty()) {
        networks = std::vector<engine::Network>{};
    } else {
        client.send(engine::api::list_networks({.names = {wanted.network}}),
                    [&](auto reply) { networks = std::move(reply); });
    }
    if (asks_for_cpus) {
        client.send(engine::api::system_info(), [&](auto reply) { info = std::move(reply); });
    } else {
        info = engine::SystemInfo{};
    }
    while (!containers || !networks || !info) {
        client.run_once(std::chrono::seconds(1));
    }
    const auto failed = [](std::string what, engine::Error error) {
        return tl::unexpected<Failure>(CallFailed{std::move(what), std::move(error)});
    };
    if (!*containers) {
        return failed("list the containers", std::move(containers->error()));
    }
    if (!*networks) {
        return failed("list the networks", std::move(networks->error()));
    }
    if (!*info) {
        return failed("ask how many processors the engine has", std::move(info->error()));
    }
    if (auto conflict = find_conflict(appliance, wanted, **containers)) {
        return tl::unexpected(std::move(*conflict));
    }
    for (const engine::Network& network :
         **networks) {  // the engine's filter matches parts of names, too
        if (network.name == wanted.network && !is_ours(network.labels, appliance.id)) {
            return tl::unexpected<Failure>(NameTaken{NameTaken::What::network, network.name});
        }
    }
    if (asks_for_cpus) {
        result.engine_cpus = (**info).cpus;
        result.warnings = cut_cpus(appliance, wanted, result.engine_cpus);
    }
    return result;
}

}  // namespace apply
