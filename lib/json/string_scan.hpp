#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/syntax_mistakes.hpp"

namespace json {

// The length of the quote that stands at `at`: of JSON's own, or of one that people write in its
// place. 0: none.
[[nodiscard]] std::size_t quote_length(std::string_view text, std::size_t at);

enum class Closed { yes, no };

struct ScannedString {
    std::string decoded;
    std::size_t end = 0;  // one past the closing quote, or where an unclosed string is taken to end
    Closed closed = Closed::yes;
};

// Reads the string that begins at `at`, which is a quote, and reports what is wrong with it.
[[nodiscard]] ScannedString scan_string(std::string_view text, std::size_t at,
                                        SyntaxMistakes& mistakes);

}  // namespace json
