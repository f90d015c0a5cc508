#pragma once

#include <optional>
#include <string_view>

#include "engine/types.hpp"

// What the list of containers says in words alone: "Up 3 seconds (healthy)", "Exited (7) 3 seconds
// ago". Other words say nothing, but what stands in brackets behind "Up" is a state of health.
namespace engine {

[[nodiscard]] Health health_in(std::string_view status);
[[nodiscard]] std::optional<int> exit_code_in(std::string_view status);

}  // namespace engine
