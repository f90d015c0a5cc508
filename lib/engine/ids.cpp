#include "engine/ids.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace engine {
namespace {

bool is_base_36(char byte) { return base::is_digit(byte) || base::is_lower(byte); }

bool is_sha256(std::string_view text) {
    return text.size() == 64 && std::ranges::all_of(text, base::is_lower_hexadecimal);
}

}  // namespace

bool is_container_id(std::string_view text) { return is_sha256(text); }

bool is_network_id(std::string_view text) {
    return is_sha256(text) || (text.size() == 25 && std::ranges::all_of(text, is_base_36));
}

bool is_image_id(std::string_view text) {
    constexpr std::string_view algorithm = "sha256:";
    return text.starts_with(algorithm) && is_sha256(text.substr(algorithm.size()));
}

}  // namespace engine
