#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/diagnostic.hpp"

namespace diagnostics {

enum class Colour { off, on };

// What pivot's own marks are made of: `…` and `✓`, or `...` and `+`.
enum class Marks { unicode, ascii };

// How messages are written; without colour they read the same.
struct Style {
    Colour colour = Colour::off;
    Marks marks = Marks::unicode;
    std::optional<std::size_t> columns = std::nullopt;  // of the terminal; none: it is not one
};

// Those of a locale, by the variables that name it: the first that is not empty counts.
[[nodiscard]] Marks marks_of_locale(std::string_view lc_all, std::string_view lc_ctype,
                                    std::string_view lang);

[[nodiscard]] constexpr std::string_view ellipsis(Marks marks) {
    return marks == Marks::unicode ? "…" : "...";
}

// A text of pivot's own, with the marks of the style.
[[nodiscard]] std::string with_marks(std::string text, Marks marks);

// What may have colour; every other part of a message has none.
enum class Paint { error, warning, note, hint };

[[nodiscard]] std::string paint(std::string_view text, Paint with, Style style);
[[nodiscard]] Paint paint_of(Severity severity);
[[nodiscard]] std::string_view word(Severity severity);

}  // namespace diagnostics
