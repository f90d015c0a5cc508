#pragma once

#include "present/json.hpp"
#include "present/problem.hpp"

namespace present {

// Raised when a field is renamed or removed; never for one that is added.
inline constexpr int json_schema = 1;

// The one object that a command prints with `-o json`: the frame, the command's result (an object)
// and, where something went wrong, `errors`.
[[nodiscard]] Json report_json(int exit_code, const Json& result, const Problems& problems);

}  // namespace present
