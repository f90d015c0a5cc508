#pragma once

#include <string>
#include <vector>

#include "cli/environment.hpp"

namespace cli {

// Sockets that are there, in the places where the engine of this user (rootless) and Docker Desktop
// have theirs. None of them is taken without being asked for.
[[nodiscard]] std::vector<std::string> other_sockets(const Environment& environment);

}  // namespace cli
