#pragma once

#include <cstdint>
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

// What `status` and `down` need to know of a container without its document. No environment values.
struct RecordedContainer {
    ContainerId id;
    appliance::ContainerType type = appliance::ContainerType::service;
    std::string image;
    int instances = 1;
    std::string fingerprint;
    std::vector<ContainerId> needs;
    std::vector<RecordedPort> ports;

    friend bool operator==(const RecordedContainer&, const RecordedContainer&) = default;
};

// What the engine holds about the appliance as a whole.
struct Record {
    std::vector<RecordedContainer> containers;  // in document order

    friend bool operator==(const Record&, const Record&) = default;
};

// Canonical JSON: equal records give equal texts.
[[nodiscard]] std::string to_text(const Record& record);
[[nodiscard]] std::string to_text(const RecordedContainer& entry);
// None for anything that is not such a text, a newer schema's included.
[[nodiscard]] std::optional<Record> parse_record(const std::string& text);
[[nodiscard]] std::optional<RecordedContainer> parse_entry(const std::string& text);

}  // namespace plan
