#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/display_width.hpp"
#include "base/printable.hpp"
#include "diagnostics/style.hpp"

namespace present {

using base::display_width;
using base::printable;
using diagnostics::Marks;

// A printable text in at most `width` terminal cells; what was cut ends in `…`.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width,
                              Marks marks = Marks::unicode);

// A printable text, and as many spaces as bring it to `width` cells.
[[nodiscard]] std::string padded(std::string text, std::size_t width);

}  // namespace present
