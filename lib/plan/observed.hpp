#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plan/names.hpp"
#include "plan/record.hpp"

// What the engine has of one appliance, in plan's own words.
namespace plan {

enum class RunState { created, running, paused, restarting, removing, exited, dead };

struct BoundPort {
    std::string host_ip;
    std::uint16_t host_port = 0;
    std::uint16_t container_port = 0;
    appliance::Protocol protocol = appliance::Protocol::tcp;

    friend auto operator<=>(const BoundPort&, const BoundPort&) = default;
};

// What only an inspect tells; looked up for the few instances where the list does not suffice.
struct InstanceDetail {
    int exit_code = 0;
    bool oom_killed = false;
    std::string error;  // why the engine could not start it
    int restart_count = 0;
    std::string restart_policy;
};

struct ObservedInstance {
    std::string engine_id;
    std::string engine_name;
    Instance instance;
    std::string fingerprint;
    std::string image;
    RunState state = RunState::created;
    std::string network_mode;  // a network's ID, or `host`
    std::vector<BoundPort> ports;
    std::optional<RecordedContainer> entry;
    std::optional<InstanceDetail> detail;
    bool just_started = false;  // less than ten seconds ago, as the engine tells
};

struct ObservedNetwork {
    std::string id;
    std::string name;
};

struct StoredRecord {
    std::string volume;
    std::uint64_t revision = 0;
    std::string text;
};

struct Observed {
    std::vector<ObservedInstance> instances;
    std::vector<ObservedNetwork> networks;
    std::vector<StoredRecord> records;  // by revision, the current one last
    std::vector<std::string> volumes;   // those with data, no records

    [[nodiscard]] bool empty() const {
        return instances.empty() && networks.empty() && records.empty();
    }
};

// The network to keep: on engines that allow twins, the one with the lowest ID. Empty where there
// is none.
[[nodiscard]] std::string kept_network(const Observed& observed);

// The current record, where there is one that can be read.
[[nodiscard]] std::optional<Record> current_record(const Observed& observed);

}  // namespace plan
