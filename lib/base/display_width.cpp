#include "base/display_width.hpp"

#include <algorithm>

#include "base/character_widths.hpp"
#include "base/utf8.hpp"

namespace base {
namespace {

template <class Ranges>
bool contains(const Ranges& ranges, char32_t code_point) {
    const auto after =
        std::upper_bound(ranges.begin(), ranges.end(), code_point,
                         [](char32_t c, const CharacterRange& range) { return c < range.first; });
    return after != ranges.begin() && code_point <= std::prev(after)->last;
}

std::size_t cells(char32_t code_point) {
    if (code_point < 0x300) {
        return 1;
    }
    if (contains(combining_characters, code_point)) {
        return 0;
    }
    return contains(wide_characters, code_point) ? 2 : 1;
}

bool is_joiner(const Character& character) { return character.code_point == U'\u200D'; }

// It has no cell of its own, or changes the emoji before it.
bool extends(const Character& character) {
    constexpr char32_t first_skin_tone = 0x1F3FB;
    constexpr char32_t last_skin_tone = 0x1F3FF;
    const auto c = character.code_point;
    return is_joiner(character) ||
           (c && (cells(*c) == 0 || (*c >= first_skin_tone && *c <= last_skin_tone)));
}

std::size_t previous_character(std::string_view text, std::size_t offset) {
    // The longest first: the last byte of a character alone is one that is not UTF-8.
    for (std::size_t length = std::min<std::size_t>(offset, 4); length > 1; --length) {
        if (character_at(text, offset - length).length == length) {
            return offset - length;
        }
    }
    return offset - 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        const Character character = character_at(text, offset);
        width += character.code_point ? cells(*character.code_point) : 1;
        offset += character.length;
    }
    return width;
}

std::size_t cluster_length(std::string_view text, std::size_t offset) {
    Character last = character_at(text, offset);
    std::size_t end = offset + last.length;
    while (end < text.size()) {
        const Character next = character_at(text, end);
        if (!extends(next) && !is_joiner(last)) {
            break;
        }
        end += next.length;
        last = next;
    }
    return end - offset;
}

std::size_t previous_cluster(std::string_view text, std::size_t offset) {
    std::size_t begin = previous_character(text, offset);
    while (begin > 0) {
        const std::size_t before = previous_character(text, begin);
        if (!extends(character_at(text, begin)) && !is_joiner(character_at(text, before))) {
            break;
        }
        begin = before;
    }
    return begin;
}

}  // namespace base
