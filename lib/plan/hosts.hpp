#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "appliance/appliance.hpp"
#include "plan/names.hpp"
#include "plan/observed.hpp"

// The engine's name resolution ends at the border between the appliance's network and the host's
// own. What crosses it is written into the containers' /etc/hosts, which is fixed when they are
// created: so whatever a container in host mode names has a fixed address, known before anything is
// created, as a slot of the network.
namespace plan {

// The place in the upper half of the network's addresses, from 0; the engine gives out the lower.
struct Slot {
    int number = 0;
};
struct Gateway {};   // the engine's machine, as its containers see it
struct Loopback {};  // the machine itself

struct Host {
    std::string name;
    std::variant<Slot, Gateway, Loopback> at;
};

[[nodiscard]] std::string to_string(const Host& host);  // "db slot 0", "agent gateway"

struct HostTable {
    std::map<ContainerId, std::vector<Host>> of;  // what each container's /etc/hosts gets
    std::map<Instance, int> slots;                // whose addresses are fixed, and where
};

// An instance that has a slot keeps it; the others get the lowest free ones.
[[nodiscard]] HostTable host_table(const appliance::Appliance& appliance, const Observed& observed);

}  // namespace plan
