#pragma once

#include <optional>
#include <string>

#include "appliance/terms.hpp"

namespace appliance {

// The pattern of every id, as the JSON Schema has it too.
inline constexpr std::string_view id_pattern = "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$";
inline constexpr std::size_t longest_id = 63;  // bytes: what DNS takes

// The id when it is valid; else says what is wrong with it. The value is a string.
[[nodiscard]] std::optional<std::string> read_valid_id(const Value& value, Problems& problems);

}  // namespace appliance
