#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "engine/fields.hpp"
#include "engine/types.hpp"

// What a container's entry in the list and its inspection have in common.
namespace engine {

[[nodiscard]] ContainerState read_state(const Fields& fields, const std::string& name);

[[nodiscard]] bool is_protocol(std::string_view text);  // tcp, udp, sctp

[[nodiscard]] std::uint16_t port_number(const Fields& fields, const std::string& name);

[[nodiscard]] int read_int(const Fields& fields, const std::string& name);

// Network ID -> IPv4 address, of NetworkSettings.Networks. Connections are made to these, so
// nothing else passes for one.
[[nodiscard]] std::map<std::string, std::string> read_addresses(const Fields& container);

}  // namespace engine
