#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "diagnostics/source.hpp"

namespace json {

enum class EscapeFault { none, unknown, escaped_at, bad_hexadecimal, half_a_character };

// One escape of a JSON string. A faulty one still decodes to the most likely meaning, so that
// reading can go on: an unknown
// `\d` to itself, half a surrogate pair to U+FFFD.
struct Escape {
    std::string decoded;
    std::size_t length = 0;  // in the source, the backslash included
    EscapeFault fault = EscapeFault::none;
};

// `at` is the backslash's offset in `text`.
[[nodiscard]] Escape read_escape(std::string_view text, std::size_t at);

// Where a part of a decoded string stands in the source. `literal` is the string with its quotes.
[[nodiscard]] diagnostics::Span source_span(std::string_view text, diagnostics::Span literal,
                                            diagnostics::Span decoded);

}  // namespace json
