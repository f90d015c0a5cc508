#pragma once

#include <string>

namespace present {

// A container's reason, in the plain words that `up` has for what the engine says: the runtime's
// own text is long and says little. "instance 2: " stays in front of it.
[[nodiscard]] std::string plain_reason(const std::string& reason);

}  // namespace present
