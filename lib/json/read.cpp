#include "json/read.hpp"

#include <string_view>

#include "base/utf8.hpp"
#include "json/parser.hpp"

namespace json {
namespace {

constexpr std::size_t largest_text = 10'000'000;  // bytes

bool is_utf16(std::string_view text) {
    return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

}  // namespace

std::optional<Value> read(const diagnostics::Source& source, diagnostics::Problems& problems,
                          const Expected& expected) {
    const std::string_view text = source.text();
    if (text.size() > largest_text) {
        problems.error("the document is larger than 10 MB", "is this the right file?");
        return std::nullopt;
    }
    if (is_utf16(text)) {
        problems.error("the document is UTF-16", "save it as UTF-8");
        return std::nullopt;
    }
    if (const auto invalid = base::find_invalid_utf8(text)) {
        problems.error("this byte is not UTF-8", {*invalid, *invalid + 1},
                       "save the document as UTF-8");
    }
    return Parser(source, problems, expected).run();
}

}  // namespace json
