#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/display_width.hpp"
#include "base/printable.hpp"

namespace present {

using base::display_width;
using base::printable;

// A printable text in at most `width` terminal cells; what was cut ends in `…`.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);

}  // namespace present
