#include "diagnostics/wording.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace diagnostics {
namespace {

constexpr std::size_t longest = 80;  // bytes; more than any valid id

}  // namespace

std::string in_backticks(std::string_view text) {
    if (text.empty()) {
        return "`\"\"`";  // two backticks alone show nothing
    }
    if (text.size() <= longest) {
        return fmt::format("`{}`", text);
    }
    std::size_t end = 0;
    while (end < longest) {
        end += base::character_at(text, end).length;
    }
    return fmt::format("`{}…`", text.substr(0, end));
}

}  // namespace diagnostics
