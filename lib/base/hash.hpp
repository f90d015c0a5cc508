#pragma once

#include <cstdint>
#include <string_view>

namespace base {

// FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/. The same on every machine and in every
// version; nobody gains by a collision where it is used.
[[nodiscard]] constexpr std::uint64_t hash(std::string_view text) {
    std::uint64_t value = 0xcbf29ce484222325U;
    for (const char c : text) {
        value ^= static_cast<unsigned char>(c);
        value *= 0x100000001b3U;
    }
    return value;
}

}  // namespace base
