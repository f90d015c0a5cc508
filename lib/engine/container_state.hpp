#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "engine/fields.hpp"
#include "engine/types.hpp"

// What a container's entry in the list and its inspection have in common.
namespace engine {

[[nodiscard]] ContainerState state_of(std::string_view word);

[[nodiscard]] std::uint16_t port_number(const Fields& fields, const std::string& name);

[[nodiscard]] int read_int(const Fields& fields, const std::string& name);

// Network ID -> IPv4 address, of NetworkSettings.Networks. Connections are made to these, so
// nothing else passes for one; what is written in another form is left out.
[[nodiscard]] std::map<std::string, std::string> read_addresses(const Fields& container);

}  // namespace engine
