#pragma once

#include "engine/json.hpp"
#include "engine/types.hpp"

namespace engine {

// HostConfig of POST /containers/create: what the machine gives the container.
[[nodiscard]] Json host_config(const CreateContainer& container);

}  // namespace engine
