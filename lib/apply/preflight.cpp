#include "apply/preflight.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "apply/host_folders.hpp"
#include "apply/observe.hpp"
#include "apply/translate.hpp"

namespace apply {
namespace {

// Of the engine's containers those that are not the appliance's.
std::vector<const engine::ContainerSummary*> others(const EngineView& view,
                                                    const plan::Observed& own) {
    std::set<std::string> own_ids;
    for (const plan::ObservedInstance& instance : own.instances) {
        own_ids.insert(instance.engine_id);
    }
    std::vector<const engine::ContainerSummary*> result;
    for (const engine::ContainerSummary& container : view.containers) {
        if (!own_ids.contains(container.id)) {
            result.push_back(&container);
        }
    }
    return result;
}

bool runs(const engine::ContainerSummary& container) {
    return container.state == engine::ContainerState::running ||
           container.state == engine::ContainerState::paused;
}

// The containers that the plan makes or starts, and the names that something may have already.
struct Wanted {
    std::set<ContainerId> containers;
    std::set<std::string> names;
    std::set<std::string> volumes;  // that are the appliance's own
    std::string network;            // empty where none is made
};

void add_volumes(std::set<std::string>& volumes, const appliance::Appliance& appliance,
                 const appliance::Container& container, const plan::Instance& instance,
                 const Images& images) {
    for (const appliance::Mount& mount : container.mounts) {
        const auto* id = std::get_if<appliance::VolumeId>(&mount.source);
        for (const appliance::PersistentVolume& volume : appliance.volumes) {
            if (id != nullptr && volume.id == *id &&
                volume.scope == appliance::PersistentVolume::Scope::local) {
                volumes.insert(plan::volume_name(appliance.id, volume));
            }
        }
    }
    const auto image = images.find(container.image);
    if (container.type == appliance::ContainerType::service && image != images.end()) {
        for (const std::string& path : image->second.volumes) {
            volumes.insert(plan::volume_name(appliance.id, instance, path));
        }
    }
}

Wanted wanted_by(const plan::Plan& plan, const appliance::Appliance& appliance,
                 const Images& images) {
    std::map<ContainerId, const appliance::Container*> containers;
    for (const appliance::Container& container : appliance.containers) {
        containers.emplace(container.id, &container);
    }
    Wanted result;
    for (const plan::Step& step : plan.steps) {
        if (const auto* create = std::get_if<plan::CreateInstance>(&step.action)) {
            result.names.insert(plan::engine_name(appliance.id, create->instance, create->role));
            add_volumes(result.volumes, appliance, *containers.at(create->instance.container),
                        create->instance, images);
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
    return port.host_port == held.host_port && to_engine(port.protocol) == held.protocol &&
           (any_address(port.host_ip) || any_address(held.host_ip) || port.host_ip == held.host_ip);
}

// Empty where it is no appliance's.
ApplianceId appliance_of(const engine::ContainerSummary& container) {
    const ApplianceId id(plan::label_of(container.labels, plan::label::appliance));
    return plan::owns(id, plan::ObjectKind::container, container.name, container.labels)
               ? id
               : ApplianceId();
}

std::optional<Failure> find_conflict(const appliance::Appliance& appliance, const Wanted& wanted,
                                     const engine::ContainerSummary& other) {
    if (wanted.names.contains(other.name)) {
        return NameTaken{NameTaken::What::container, other.name};
    }
    if (!runs(other)) {
        return std::nullopt;  // the ports it shows are stale
    }
    for (const appliance::Container& container : appliance.containers) {
        if (!wanted.containers.contains(container.id)) {
            continue;
        }
        for (const appliance::Port& port : container.ports) {
            for (const engine::PublishedPort& held : other.ports) {
                if (port.host_port != 0 && collide(port, held)) {
                    return PortTaken{port.host_port, port.protocol, other.name,
                                     other.image,    port.where,    appliance_of(other)};
                }
            }
        }
    }
    return std::nullopt;
}

// What is to be done to one in a state without a name is anybody's guess.
std::optional<Failure> find_unknown_state(const appliance::Appliance& appliance,
                                          const plan::Observed& own) {
    for (const plan::ObservedInstance& instance : own.instances) {
        const bool stays = std::any_of(appliance.containers.begin(), appliance.containers.end(),
                                       [&](const auto& container) {
                                           return container.id == instance.instance.container &&
                                                  instance.instance.number <= container.instances;
                                       });
        if (stays && instance.state == plan::RunState::unknown) {
            return UnknownState{instance.engine_name, instance.state_word};
        }
    }
    return std::nullopt;
}

// One that the plan would make a second time, because its name is not what it was.
std::optional<Failure> find_renamed(const appliance::Appliance& appliance, const Wanted& wanted,
                                    const plan::Observed& own,
                                    const engine::ContainerSummary& other) {
    const bool on_our_network =
        std::any_of(own.networks.begin(), own.networks.end(),
                    [&](const auto& network) { return network.id == other.network_mode; });
    const std::string name =
        fmt::format("{}.{}.{}", appliance.id, label_of(other.labels, plan::label::container),
                    label_of(other.labels, plan::label::instance));
    if (runs(other) && on_our_network && wanted.names.contains(name) &&
        plan::owns(appliance.id, plan::ObjectKind::container, name, other.labels)) {
        return Renamed{other.name, name};
    }
    return std::nullopt;
}

// Where the network is to be made anew, all that is on the old one goes first: so what would stay
// on it, foreign or an orphan that is kept, must be known before.
std::optional<Failure> find_others_on_network(const plan::Plan& plan,
                                              const std::vector<engine::ContainerSummary>& all) {
    std::set<std::string> to_go;
    for (const plan::Step& step : plan.steps) {
        if (const auto* gone = std::get_if<plan::DeleteInstance>(&step.action)) {
            if (const std::string* id = plan::existing_id(gone->container)) {
                to_go.insert(*id);
            }
        }
    }
    for (const plan::Step& step : plan.steps) {
        const auto* gone = std::get_if<plan::DeleteNetwork>(&step.action);
        if (gone == nullptr) {
            continue;
        }
        NetworkInUse in_use{gone->name, {}, NetworkInUse::When::before};
        for (const engine::ContainerSummary& other : all) {
            if (runs(other) && !to_go.contains(other.id) &&
                std::any_of(other.networks.begin(), other.networks.end(),
                            [&](const auto& entry) { return entry.second == gone->engine_id; })) {
                in_use.containers.push_back(other.name);
            }
        }
        if (!in_use.containers.empty()) {
            return in_use;
        }
    }
    return std::nullopt;
}

}  // namespace

tl::expected<Preflight, Failure> preflight(const EngineView& view, const plan::Observed& own,
                                           const appliance::Appliance& appliance,
                                           const plan::Plan& plan, const Images& images) {
    if (auto unknown = find_unknown_state(appliance, own)) {
        return tl::unexpected(std::move(*unknown));
    }
    const Wanted wanted = wanted_by(plan, appliance, images);
    Preflight result;
    if (wanted.containers.empty()) {
        return result;
    }
    for (const engine::ContainerSummary* other : others(view, own)) {
        if (auto renamed = find_renamed(appliance, wanted, own, *other)) {
            return tl::unexpected(std::move(*renamed));
        }
        if (auto conflict = find_conflict(appliance, wanted, *other)) {
            return tl::unexpected(std::move(*conflict));
        }
    }
    if (!wanted.network.empty()) {
        if (auto in_use = find_others_on_network(plan, view.containers)) {
            return tl::unexpected(std::move(*in_use));
        }
    }
    // Where it is to be made anew, its subnet is not known yet.
    const std::string kept =
        wanted.network.empty() ? plan::kept_network(own, plan::Addresses::fixed) : std::string();
    for (const engine::Network& network : view.networks) {
        const bool ours =
            plan::owns(appliance.id, plan::ObjectKind::network, network.name, network.labels);
        if (network.name == wanted.network && !ours) {
            return tl::unexpected<Failure>(NameTaken{NameTaken::What::network, network.name});
        }
        if (network.id == kept) {
            if (auto small = find_too_small(network.name, network.subnet,
                                            plan::host_table(appliance, own))) {
                return tl::unexpected<Failure>(std::move(*small));
            }
            result.subnet = network.subnet;
        }
    }
    for (const engine::Volume& volume : view.volumes) {
        if (wanted.volumes.contains(volume.name) &&
            !plan::owns(appliance.id, plan::ObjectKind::volume, volume.name, volume.labels)) {
            return tl::unexpected<Failure>(NameTaken{NameTaken::What::volume, volume.name});
        }
    }
    if (view.info) {
        result.warnings = warn_of_engine(appliance, wanted.containers, *view.info);
    }
    return result;
}

tl::expected<Preflight, Failure> look_ahead(Run& run, const EngineView& view,
                                            const plan::Observed& own,
                                            const appliance::Appliance& appliance,
                                            const plan::Plan& plan, const Images& images) {
    auto result = preflight(view, own, appliance, plan, images);
    if (result) {
        if (auto missing = find_missing_host_folders(run, appliance, plan)) {
            return tl::unexpected(std::move(*missing));
        }
    }
    return result;
}

}  // namespace apply
