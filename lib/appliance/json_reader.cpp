#include "appliance/json_reader.hpp"

#include <string_view>

#include "appliance/json_parser.hpp"
#include "base/utf8.hpp"

namespace appliance {
namespace {

constexpr std::size_t largest_text = 10'000'000;  // bytes

bool is_utf16(std::string_view text) {
    return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

}  // namespace

std::optional<Value> read_json(const diagnostics::Source& source, Problems& problems) {
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
    return JsonParser(source, problems).run();
}

}  // namespace appliance
