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

}  // namespace base
