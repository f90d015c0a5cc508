#pragma once

#include <optional>
#include <vector>

#include "appliance/appliance.hpp"
#include "appliance/graph.hpp"
#include "appliance/terms.hpp"

namespace appliance {

// `health_check` while it is read: which port it means is known when the ports are.
struct HealthCheckDraft {
    const Value* protocol = nullptr;  // a string
    const Value* command = nullptr;   // a string
    const Value* path = nullptr;      // a string
    const Value* port_index = nullptr;
    HealthCheck timing;  // everything but the probe
};

// A container while it is read: what one key says may depend on another that comes later.
struct Draft {
    Container container;
    Links links;
    bool type_is_known = false;  // absent, or it could be read
    const Value* force_pull = nullptr;
    std::optional<int> retries;
    std::optional<Restart> restart;
    std::optional<HealthCheckDraft> health_check;
    bool default_health_check = false;
    std::vector<Span> mount_sources;  // of each mount
    std::vector<Span> mount_targets;
    std::vector<Span> tmpfs_targets;
};

}  // namespace appliance
