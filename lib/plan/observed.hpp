#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plan/names.hpp"
#include "plan/record.hpp"

// What the engine has of one appliance, in plan's own words.
namespace plan {

// unknown: the engine has a word for it that pivot does not know (ObservedInstance::state_word).
enum class RunState { created, running, paused, restarting, removing, exited, dead, unknown };

// What the engine's own check says; `none` where it has none.
enum class Health { none, starting, healthy, unhealthy };

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
    std::string health_output = {};  // of the engine's newest check
    bool check_failed = false;       // the newest one, also where it has ended since
    // Since its last start, by the engine's own clock; none: not told.
    std::optional<std::chrono::seconds> age = std::nullopt;
};

// What a check that pivot ran itself found.
struct CheckResult {
    bool healthy = false;
    std::string message;  // why it is not
};

struct ObservedInstance {
    std::string engine_id;
    std::string engine_name;
    Instance instance;
    Role role = Role::instance;
    std::string fingerprint;
    std::string image;
    RunState state = RunState::created;
    std::string network_mode;  // a network's ID, or `host`
    // Somebody took it off the network that it was made for. Not told of one that never started.
    bool is_off_its_network = false;
    std::vector<BoundPort> ports;
    std::optional<RecordedContainer> entry;
    std::optional<InstanceDetail> detail;
    // How long it has run at least: the engine tells it in whole units. None where it does not run.
    std::optional<std::chrono::seconds> up_for = std::nullopt;
    // By the engine's own clock; none: not told.
    std::optional<std::chrono::seconds> created_ago = std::nullopt;
    std::optional<int> exit_code = std::nullopt;  // of one that exited or is being restarted
    Health health = Health::none;
    std::string image_id = {};
    std::string address = {};                // on the appliance's network; empty: none
    std::optional<int> slot = std::nullopt;  // of its fixed address
    std::string known_network = {};          // in host mode: where the addresses it knows are
    std::optional<CheckResult> check = std::nullopt;
    std::string state_word = {};  // the engine's own for `state`
};

struct ObservedNetwork {
    std::string id;
    std::string name;
    bool fixed_subnet = false;  // addresses on it can be chosen
};

struct ObservedVolume {
    std::string name;
    std::string driver = {};
    std::map<std::string, std::string> driver_options = {};
};

struct StoredRecord {
    std::string volume;
    std::uint64_t revision = 0;
    std::string text;
};

struct Observed {
    std::vector<ObservedInstance> instances;
    std::vector<ObservedNetwork> networks;
    std::vector<StoredRecord> records;    // by revision, the current one last
    std::vector<ObservedVolume> volumes;  // those with data, no records

    [[nodiscard]] bool empty() const {
        return instances.empty() && networks.empty() && records.empty();
    }
};

// The network to keep: on engines that allow twins, the one with the lowest ID; with fixed
// addresses, of those whose addresses can be chosen. Empty where there is none.
enum class Addresses { any, fixed };
[[nodiscard]] std::string kept_network(const Observed& observed, Addresses addresses);

// The current record, where there is one that can be read.
[[nodiscard]] std::optional<Record> current_record(const Observed& observed);

}  // namespace plan
