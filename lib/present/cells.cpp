#include "present/cells.hpp"

#include "base/utf8.hpp"

namespace present {

std::string fit(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) {
        return std::string(text);
    }
    if (width == 0) {
        return "";
    }
    std::size_t end = 0;
    for (std::size_t used = 0; end < text.size();) {
        const std::size_t length = base::character_at(text, end).length;
        used += display_width(text.substr(end, length));
        if (used > width - 1) {
            break;
        }
        end += length;
    }
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace present
