#include "present/log_lines.hpp"

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

}  // namespace present
