#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "appliance/appliance.hpp"
#include "plan/names.hpp"

namespace plan {

struct RecordedPort {
    std::uint16_t container_port = 0;
    appliance::Protocol protocol = appliance::Protocol::tcp;
    std::string name;  // may be empty

    friend bool operator==(const RecordedPort&, const RecordedPort&) = default;
};

// How `status` can ask a container itself. A command is not written down: it may hold a secret, and
// the engine knows it.
struct RecordedCheck {
    enum class Kind { command, tcp, http, https };
    Kind kind = Kind::command;
    std::uint16_t port = 0;
    std::string path = {};
    std::chrono::milliseconds timeout{0};
    std::chrono::milliseconds grace{0};

    friend bool operator==(const RecordedCheck&, const RecordedCheck&) = default;
};

// What `status` and `down` need to know of a container without its document. No environment values.
struct RecordedContainer {
    ContainerId id;
    appliance::ContainerType type = appliance::ContainerType::service;
    std::string image;
    int instances = 1;
    std::string fingerprint;
    std::vector<ContainerId> needs;
    std::vector<RecordedPort> ports;
    bool host_network = false;  // its ports are the host's
    appliance::Restart::Policy restart = appliance::Restart::Policy::unless_stopped;
    std::optional<RecordedCheck> check = std::nullopt;
    double capacity = 1;  // the fraction of instances that must be ready

    friend bool operator==(const RecordedContainer&, const RecordedContainer&) = default;
};

// How many of its instances must be ready for it to count as running.
[[nodiscard]] int needed_instances(int instances, double capacity);

// Why an instance failed, as the `up` saw it that failed because of it.
struct RecordedFailure {
    Instance instance;
    std::string engine_id;  // of the container that failed; empty where it could not be made
    std::string reason;     // one line

    friend bool operator==(const RecordedFailure&, const RecordedFailure&) = default;
};

// What the engine holds about the appliance as a whole.
struct Record {
    std::vector<RecordedContainer> containers;  // in document order
    std::vector<RecordedFailure> failures = {};

    friend bool operator==(const Record&, const Record&) = default;
};

// For as long as the record stays where it is.
using EntryIndex = std::map<ContainerId, const RecordedContainer*>;
[[nodiscard]] EntryIndex index_of(const Record& record);

// Canonical JSON: equal records give equal texts.
[[nodiscard]] std::string to_text(const Record& record);
[[nodiscard]] std::string to_text(const RecordedContainer& entry);
// None for anything that is not such a text, a newer schema's included.
[[nodiscard]] std::optional<Record> parse_record(const std::string& text);
[[nodiscard]] std::optional<RecordedContainer> parse_entry(const std::string& text);

}  // namespace plan
