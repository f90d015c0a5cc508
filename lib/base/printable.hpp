#pragma once

#include <string>
#include <string_view>

#include "base/utf8.hpp"

namespace base {

enum class Newlines { escape, keep };

// The text with nothing in it that a terminal would act on. Control characters, bytes that are not
// UTF-8, and characters that reorder or hide text become visible: `\x1b`, `\r`, `\u{202e}`. A tab
// becomes a space. Newlines become `\n` or stay (and then a carriage return before one goes).
[[nodiscard]] std::string printable(std::string_view text, Newlines newlines = Newlines::escape);

// The same for one character, given with its bytes.
[[nodiscard]] std::string printable(Character character, std::string_view bytes);

}  // namespace base
