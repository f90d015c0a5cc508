#pragma once

#include <string>
#include <string_view>

#include "diagnostics/diagnostic.hpp"
#include "diagnostics/source.hpp"
#include "diagnostics/style.hpp"

namespace diagnostics {

// `hint: …`, printable and in lines that fit the terminal. Ends with a line feed.
[[nodiscard]] std::string labelled(std::string_view label, Paint with, std::string_view text,
                                   Style style);

// What is wrong, `--> file:line:column`, the line with carets below the place, and the hint. Of a
// span over several lines the first is shown; a long line is cut around the place. Nothing from the
// source reaches a terminal raw. Ends with a line feed.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, const Source& source,
                                 Style style = {});

// All of them, an empty line between one and the next.
[[nodiscard]] std::string render(const Diagnostics& diagnostics, const Source& source,
                                 Style style = {});

// `3 errors in appliance.json; nothing was changed`, with a line feed. Warnings do not count; empty
// without errors.
[[nodiscard]] std::string summary(const Diagnostics& diagnostics, const Source& source);

[[nodiscard]] bool has_errors(const Diagnostics& diagnostics);

}  // namespace diagnostics
