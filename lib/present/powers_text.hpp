#pragma once

#include <string>
#include <vector>

#include "appliance/powers.hpp"
#include "apply/listener.hpp"

namespace present {

// "this document can act as root on the engine's machine: `agent` is privileged, …"; empty for
// none.
[[nodiscard]] std::string powers_line(const std::vector<appliance::Power>& powers);

// The same, for what is about to be done; empty, too, where nothing is started.
[[nodiscard]] std::string powers_line(const apply::Planned& planned);

// "`agent` mounts /var/run/docker.sock"
[[nodiscard]] std::string to_text(const appliance::Power& power);

}  // namespace present
