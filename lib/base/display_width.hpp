#pragma once

#include <cstddef>
#include <string_view>

namespace base {

// The cells a text takes in a terminal: wide characters (East Asian, emoji) take two, combining
// marks none. The text is printable (base/printable.hpp); a byte that is not UTF-8 counts as one.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace base
