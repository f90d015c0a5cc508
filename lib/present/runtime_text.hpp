#pragma once

#include <string>
#include <string_view>

namespace present {

// What the engine says, without the names of the programs that said it to one another ("OCI runtime
// create failed: runc create failed: …: unknown"), and not longer than a person reads.
[[nodiscard]] std::string shortened(std::string_view engine_message);

// The reason of a state, with plain words in place of what the engine says where they are known.
[[nodiscard]] std::string plain_reason(const std::string& reason);

}  // namespace present
