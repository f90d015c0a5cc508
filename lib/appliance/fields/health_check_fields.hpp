#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "appliance/draft.hpp"
#include "appliance/object_reader.hpp"

// How to find out whether a service is healthy.
namespace appliance {

inline constexpr std::array<std::string_view, 8> health_protocols{
    "COMMAND", "TCP", "HTTP", "HTTPS", "NONE", "MESOS_TCP", "MESOS_HTTP", "MESOS_HTTPS"};

// `{ "value": "…" }`, as Marathon writes a command.
struct CommandObject {
    const Value* line = nullptr;
};

[[nodiscard]] const std::vector<Field<HealthCheckDraft>>& health_check_fields();
[[nodiscard]] const std::vector<Field<CommandObject>>& health_command_fields();

void read_health_check(const Value& value, Draft& draft, Reading& reading);
void read_default_health_check(const Value& value, Draft& draft, Reading& reading);
void read_minimum_capacity(const Value& value, Draft& draft, Reading& reading);

// Finds the port that is meant. After the container's ports are read.
void settle_health_check(const Object& object, Draft& draft, Reading& reading);

}  // namespace appliance
