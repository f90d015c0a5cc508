#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/fields.hpp"
#include "engine/types.hpp"

// What a container's entry in the list and its inspection have in common.
namespace engine {

[[nodiscard]] ContainerState read_state(const Fields& fields, const std::string& name);

[[nodiscard]] bool is_protocol(std::string_view text);  // tcp, udp, sctp

[[nodiscard]] std::uint16_t port_number(const Fields& fields, const std::string& name);

}  // namespace engine
