#pragma once

#include <string_view>

namespace appliance {

inline constexpr std::size_t longest_host_name = 253;  // bytes, with its dots
inline constexpr std::size_t longest_own_name = 63;    // what a kernel takes, in whole labels

// A host name of RFC 1123: labels of letters, digits and `-`, with dots between them.
[[nodiscard]] bool is_host_name(std::string_view name);

}  // namespace appliance
