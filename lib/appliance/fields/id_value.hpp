#pragma once

#include <optional>
#include <string>

#include "appliance/terms.hpp"

namespace appliance {

// The id when it is valid; else says what is wrong with it. The value is a string.
[[nodiscard]] std::optional<std::string> read_valid_id(const Value& value, Problems& problems);

}  // namespace appliance
