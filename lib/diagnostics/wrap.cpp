#include "diagnostics/wrap.hpp"

#include "base/display_width.hpp"

namespace diagnostics {
namespace {

constexpr std::size_t narrowest = 20;  // beyond the indent; below that nothing is readable anyway

// The end of the word that begins here: a space outside of backticks, or the end of the text.
std::size_t end_of_word(std::string_view text, std::size_t begin) {
    std::size_t at = begin;
    while (at < text.size() && text[at] != ' ') {
        const std::size_t closing = text[at] == '`' ? text.find('`', at + 1) : at;
        at = closing == std::string_view::npos ? at + 1 : closing + 1;
    }
    return at;
}

}  // namespace

std::string wrap(std::string_view text, std::size_t indent, std::optional<std::size_t> columns) {
    if (!columns || *columns < indent + narrowest) {
        return std::string(text);
    }
    std::string result;
    std::size_t at = indent;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = end_of_word(text, begin);
        const std::string_view word = text.substr(begin, end - begin);
        const std::size_t width = base::display_width(word);
        if (begin > 0) {
            const bool fits = at + 1 + width <= *columns;
            result += fits ? " " : "\n" + std::string(indent, ' ');
            at = fits ? at + 1 : indent;
        }
        result += word;
        at += width;
        begin = end + 1;
    }
    return result;
}

}  // namespace diagnostics
