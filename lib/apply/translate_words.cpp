// The words that appliance, plan and engine have for the same things.

#include "apply/translate.hpp"

namespace apply {

plan::RunState to_plan(engine::ContainerState state) {
    switch (state) {
        case engine::ContainerState::created: return plan::RunState::created;
        case engine::ContainerState::running: return plan::RunState::running;
        case engine::ContainerState::paused: return plan::RunState::paused;
        case engine::ContainerState::restarting: return plan::RunState::restarting;
        case engine::ContainerState::removing: return plan::RunState::removing;
        case engine::ContainerState::exited: return plan::RunState::exited;
        case engine::ContainerState::dead: return plan::RunState::dead;
        case engine::ContainerState::unknown: return plan::RunState::unknown;
    }
    return plan::RunState::unknown;
}

std::vector<plan::BoundPort> to_plan(const std::vector<engine::PublishedPort>& ports) {
    std::vector<plan::BoundPort> bound;
    for (const engine::PublishedPort& port : ports) {
        if (const auto protocol = to_protocol(port.protocol); protocol && port.host_port != 0) {
            bound.push_back({port.host_ip, port.host_port, port.container_port, *protocol});
        }
    }
    return bound;
}

std::string_view to_engine(appliance::Protocol protocol) {
    switch (protocol) {
        case appliance::Protocol::tcp: return "tcp";
        case appliance::Protocol::udp: return "udp";
        case appliance::Protocol::sctp: return "sctp";
    }
    return "";
}

std::optional<appliance::Protocol> to_protocol(std::string_view name) {
    using appliance::Protocol;
    for (const Protocol protocol : {Protocol::tcp, Protocol::udp, Protocol::sctp}) {
        if (to_engine(protocol) == name) {
            return protocol;
        }
    }
    return std::nullopt;
}

plan::Health to_plan(engine::Health health) {
    switch (health) {
        case engine::Health::none: return plan::Health::none;
        case engine::Health::starting: return plan::Health::starting;
        case engine::Health::healthy: return plan::Health::healthy;
        case engine::Health::unhealthy: return plan::Health::unhealthy;
        // Not passed as far as pivot can tell: it asks the check itself.
        case engine::Health::unknown: return plan::Health::starting;
    }
    return plan::Health::none;
}

engine::RestartPolicy restart_policy(const appliance::Container& container) {
    using Policy = appliance::Restart::Policy;
    switch (container.restart.policy) {
        case Policy::no: return {"no", 0};
        case Policy::always: return {"always", 0};
        case Policy::on_failure: return {"on-failure", container.restart.max_retries};
        case Policy::unless_stopped: return {"unless-stopped", 0};
    }
    return {};
}

}  // namespace apply
