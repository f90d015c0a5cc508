#include "engine/ids.hpp"

#include <algorithm>

namespace engine {
namespace {

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
bool is_hexadecimal(char byte) { return is_digit(byte) || (byte >= 'a' && byte <= 'f'); }
bool is_base_36(char byte) { return is_digit(byte) || (byte >= 'a' && byte <= 'z'); }

bool is_sha256(std::string_view text) {
    return text.size() == 64 && std::ranges::all_of(text, is_hexadecimal);
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
