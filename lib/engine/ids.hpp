#pragma once

#include <string_view>

// The IDs that an engine makes. They come back to it inside paths and go to the terminal, so
// nothing else passes for one.
namespace engine {

[[nodiscard]] bool is_container_id(std::string_view text);  // 64 lower-case hexadecimal digits
[[nodiscard]] bool is_network_id(
    std::string_view text);  // the same, or Swarm's 25 letters and digits
[[nodiscard]] bool is_image_id(std::string_view text);  // sha256: and 64 digits

}  // namespace engine
