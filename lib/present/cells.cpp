#include "present/cells.hpp"

#include <algorithm>

namespace present {

std::string fit(std::string_view text, std::size_t width, Marks marks) {
    if (display_width(text) <= width) {
        return std::string(text);
    }
    const std::string_view mark = diagnostics::ellipsis(marks);
    const std::size_t mark_width = display_width(mark);
    if (width < mark_width) {
        return std::string(width, '.');
    }
    std::size_t end = 0;
    for (std::size_t used = 0; end < text.size();) {
        const std::size_t length = base::cluster_length(text, end);
        used += display_width(text.substr(end, length));
        if (used > width - mark_width) {
            break;
        }
        end += length;
    }
    return std::string(text.substr(0, end)).append(mark);
}

std::string padded(std::string text, std::size_t width) {
    const std::size_t has = display_width(text);
    text.append(width - std::min(has, width), ' ');
    return text;
}

}  // namespace present
