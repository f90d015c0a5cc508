#pragma once

#include <string>
#include <string_view>

#include "diagnostics/diagnostic.hpp"

namespace diagnostics {

enum class Colour { off, on };

// How messages are written; without colour they read the same.
struct Style {
    Colour colour = Colour::off;
};

// What may have colour; every other part of a message has none.
enum class Paint { error, warning, note, hint };

[[nodiscard]] std::string paint(std::string_view text, Paint with, Style style);
[[nodiscard]] Paint paint_of(Severity severity);
[[nodiscard]] std::string_view word(Severity severity);

}  // namespace diagnostics
