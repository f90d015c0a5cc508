#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/observed.hpp"

namespace plan {

enum class State { submitted, staging, pending, running, success, failed, killed };

[[nodiscard]] std::string_view name(State state);  // "running"

struct Endpoint {
    std::string host;  // IPv6 addresses without brackets
    std::uint16_t host_port = 0;
    std::uint16_t container_port = 0;
    appliance::Protocol protocol = appliance::Protocol::tcp;
    std::string name;  // the port's; may be empty
    int instance = 1;

    friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

struct ContainerStatus {
    ContainerId id;
    appliance::ContainerType type = appliance::ContainerType::service;
    std::string image;
    State state = State::submitted;
    int desired = 1;  // instances
    int running = 0;
    std::vector<Endpoint> endpoints;  // by container port, then instance
    std::optional<int> exit_code;     // of a job that ended
    std::string reason;               // why it failed; else empty
    bool in_record = true;            // false: it runs, but the document no longer has it
};

struct ApplianceStatus {
    ApplianceId id;
    State state = State::submitted;
    std::vector<ContainerStatus> containers;  // in document order
    enum class RecordState { current, unfinished, lost };
    RecordState record = RecordState::current;  // unfinished: the last `up` did not come to its end
};

// Running, or success for a job.
[[nodiscard]] bool reached_goal(const ContainerStatus& status);
// Every container is in its goal state.
[[nodiscard]] bool reached_goal(const ApplianceStatus& status);

// `advertised_host` stands for 0.0.0.0 and ::. Pure.
[[nodiscard]] ApplianceStatus derive_status(const ApplianceId& id, const Observed& observed,
                                            const std::string& advertised_host);

}  // namespace plan
