#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace base {

// A character of a text that ought to be UTF-8. A byte that is not is a character of its own, with
// no code point.
struct Character {
    std::optional<char32_t> code_point;
    std::size_t length = 1;  // in bytes

    friend bool operator==(const Character&, const Character&) = default;
};

// `offset` is within the text. Overlong forms, surrogates and what lies beyond U+10FFFF are no
// UTF-8.
[[nodiscard]] Character character_at(std::string_view text, std::size_t offset);

// `code_point` is a Unicode scalar value.
void append_utf8(std::string& text, char32_t code_point);

// The offset of the first byte that is not UTF-8.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// Cheap, and right for valid UTF-8: counts the bytes that begin a character.
[[nodiscard]] std::size_t count_characters(std::string_view text);

// The longest beginning of the text that has at most `limit` bytes and ends between two characters.
[[nodiscard]] std::string_view cut_to_bytes(std::string_view text, std::size_t limit);

}  // namespace base
