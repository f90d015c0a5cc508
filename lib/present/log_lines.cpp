#include "present/log_lines.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "present/cells.hpp"

namespace present {

std::string plain_log_line(std::string_view line) {
    std::string plain;
    while (!line.empty()) {
        if (line.starts_with("\x1b[")) {
            const std::size_t end = line.find_first_not_of("0123456789;", 2);
            if (end != std::string_view::npos && (line[end] == 'm' || line[end] == 'K')) {
                line.remove_prefix(end + 1);
                continue;
            }
        }
        plain += line.front();
        line.remove_prefix(1);
    }
    if (plain.ends_with('\r')) {
        plain.pop_back();
    }
    return plain;
}

std::string shown_log_line(std::string_view line) {
    constexpr std::size_t most = 300;
    const std::string text = printable(plain_log_line(line));
    const std::string shown = fit(text, most);
    return shown.size() == text.size()
               ? text
               : fmt::format("{} ({} more characters)", shown,
                             base::count_characters(text) - base::count_characters(shown) + 1);
}

}  // namespace present
