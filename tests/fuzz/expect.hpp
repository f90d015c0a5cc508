#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace fuzz {

// What has to hold whatever the input: libFuzzer keeps the input when it does not.
inline void expect(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "this does not hold: %s\n", what);
        std::abort();
    }
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace fuzz
