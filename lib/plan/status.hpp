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

// A container of the engine's.
struct Member {
    int instance = 1;
    std::string name;  // that of an update's candidate ends in `.next`
    std::string engine_id;
    State state = State::pending;
    std::string reason;  // why it is in that state; may be empty
    // Since when it runs, or does not run: RFC 3339, by the engine's clock. Empty: not asked for.
    std::string since;
    std::optional<int> restarts;   // by the engine, after it ended; none: not asked for
    Health health = Health::none;  // what its check says: the engine's, or that of pivot
    std::string address;           // on the appliance's network; empty: none
    std::string image_id;
};

struct ContainerStatus {
    ContainerId id;
    appliance::ContainerType type = appliance::ContainerType::service;
    std::string image;
    State state = State::submitted;
    int desired = 1;  // instances
    int running = 0;
    std::vector<Endpoint> endpoints;   // by container port, then instance
    std::optional<int> exit_code;      // of a job that ended
    std::string reason;                // why it failed; else empty
    std::vector<Member> members = {};  // what is there of it, by instance
    bool in_record = true;             // false: it runs, but the document no longer has it
};

struct ApplianceStatus {
    ApplianceId id;
    State state = State::submitted;
    std::vector<ContainerStatus> containers;  // in document order
    enum class RecordState { current, unfinished, lost, failed };
    // unfinished: the last `up` did not come to its end. failed: it did, and says why.
    RecordState record = RecordState::current;
};

// Every container is in its goal state: running, or success for a job.
[[nodiscard]] bool reached_goal(const ApplianceStatus& status);
[[nodiscard]] bool is_in_goal_state(const ContainerStatus& container);

// `advertised_host` stands for 0.0.0.0 and ::. Pure.
[[nodiscard]] ApplianceStatus derive_status(const ApplianceId& id, const Observed& observed,
                                            const std::string& advertised_host);

}  // namespace plan
