#pragma once

#include <array>
#include <string_view>

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

// The values of a container that stand for themselves.
namespace appliance {

inline constexpr std::array<std::string_view, 2> container_types{"service", "job"};
inline constexpr std::array<std::string_view, 3> network_modes{"container", "bridge", "host"};
inline constexpr int most_instances = 1000;

void read_id(const Value& value, Draft& draft, Reading& reading);
void read_type(const Value& value, Draft& draft, Reading& reading);
void read_image(const Value& value, Draft& draft, Reading& reading);
void read_resources(const Value& value, Draft& draft, Reading& reading);
void read_instances(const Value& value, Draft& draft, Reading& reading);
void read_network_mode(const Value& value, Draft& draft, Reading& reading);
void read_ports(const Value& value, Draft& draft, Reading& reading);
void read_dependencies(const Value& value, Draft& draft, Reading& reading);

}  // namespace appliance
