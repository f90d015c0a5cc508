#pragma once

#include <string>
#include <string_view>

#include "diagnostics/style.hpp"

namespace present {

using diagnostics::Marks;
using diagnostics::Style;

// The colours of marks: `✓`, `+` and the like. Words get theirs from diagnostics::paint, names and
// numbers none.
enum class Ink { green, yellow, red, cyan };

[[nodiscard]] std::string paint(std::string_view mark, Ink ink, Style style);

}  // namespace present
