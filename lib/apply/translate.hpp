#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "appliance/appliance.hpp"
#include "apply/failure.hpp"
#include "engine/types.hpp"
#include "plan/hosts.hpp"
#include "plan/observed.hpp"
#include "plan/record.hpp"

// From the words of appliance and plan to the engine's, and back.
namespace apply {

[[nodiscard]] plan::RunState to_plan(engine::ContainerState state);
[[nodiscard]] plan::Health to_plan(engine::Health health);
// Those that are bound to a host port, by a protocol that a document can name.
[[nodiscard]] std::vector<plan::BoundPort> to_plan(const std::vector<engine::PublishedPort>& ports);
[[nodiscard]] std::string_view to_engine(appliance::Protocol protocol);
[[nodiscard]] std::optional<appliance::Protocol> to_protocol(std::string_view name);

[[nodiscard]] engine::RestartPolicy restart_policy(const appliance::Container& container);

// What a container is made from besides its own entry of the document.
struct CreationContext {
    plan::ApplianceId appliance = {};
    std::string network_id = {};  // of the appliance's own network; empty where it has none
    std::string subnet = {};      // its addresses: 172.18.0.0/16; empty where nobody needs to know
    // The most that NanoCpus may ask for; 0: not asked, no container has `cpus`.
    int engine_cpus = 0;
    plan::HostTable hosts = {};
    std::vector<appliance::PersistentVolume> volumes = {};
    // Image -> the paths that it declares as volumes.
    std::map<std::string, std::vector<std::string>> image_volumes = {};
};

// Where the paths that an image declares as volumes are mounted: declared in any form, as in
// `data/`. Empty: at `/`, where nothing can be mounted.
[[nodiscard]] std::string mount_target(const std::string& declared);

// The subnet has an address for each slot of the hosts.
[[nodiscard]] engine::CreateContainer to_engine(const appliance::Container& container,
                                                const plan::Instance& instance, plan::Role role,
                                                const plan::RecordedContainer& entry,
                                                const CreationContext& context);

// The address of a slot in a subnet like 172.18.0.0/16; none where the subnet is too small.
[[nodiscard]] std::optional<std::string> address_of(plan::Slot slot, const std::string& subnet);

// Whether the subnet has an address for each slot. Whoever decides on a subnet asks this before
// anything is made in it.
[[nodiscard]] std::optional<SubnetTooSmall> find_too_small(const std::string& network,
                                                           const std::string& subnet,
                                                           const plan::HostTable& hosts);

}  // namespace apply
