#include "base/printable.hpp"

#include <fmt/format.h>

namespace base {
namespace {

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

// Unicode's bidirectional controls: with them a text can read as another than it is.
bool reorders(char32_t c) {
    return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

// Zero width space, line and paragraph separator, word joiner and its kin, byte order mark, tags.
bool hides(char32_t c) {
    return c == 0x200B || c == 0x2028 || c == 0x2029 || (c >= 0x2060 && c <= 0x2064) ||
           c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace

std::string printable(Character character, std::string_view bytes) {
    if (!character.code_point) {
        return fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes.front()));
    }
    const char32_t c = *character.code_point;
    switch (c) {
        case '\t': return " ";
        case '\n': return "\\n";
        case '\r': return "\\r";
        default: break;
    }
    if (is_control(c)) {
        return fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    }
    if (reorders(c) || hides(c)) {
        return fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
    }
    return std::string(bytes);
}

std::string printable(std::string_view text, Newlines newlines) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const Character character = character_at(text, offset);
        const std::string_view bytes = text.substr(offset, character.length);
        offset += character.length;
        if (newlines == Newlines::keep &&
            (bytes == "\n" || (bytes == "\r" && text.substr(offset, 1) == "\n"))) {
            result += bytes == "\n" ? "\n" : "";
        } else if (character.length == 1 && bytes.front() >= ' ' && bytes.front() < '\x7f') {
            result += bytes.front();
        } else {
            result += printable(character, bytes);
        }
    }
    return result;
}

}  // namespace base
