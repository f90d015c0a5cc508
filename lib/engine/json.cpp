#include "engine/json.hpp"

#include <cstddef>

#include <fmt/format.h>

namespace engine {
namespace {

// What an engine sends is about ten deep. Each level costs memory many times its one byte.
constexpr std::size_t deepest = 64;

bool is_too_deep(std::string_view text) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char byte = text[at];
        if (in_string) {
            at += byte == '\\' ? 1 : 0;
            in_string = byte != '"';
        } else if (byte == '"') {
            in_string = true;
        } else if (byte == '{' || byte == '[') {
            if (++depth > deepest) {
                return true;
            }
        } else if (depth > 0 && (byte == '}' || byte == ']')) {
            --depth;
        }
    }
    return false;
}

Json parse(std::string_view text) { return Json::parse(text, nullptr, /*allow_exceptions=*/false); }

// Writing a string replaces what is no UTF-8; reading it back undoes the escapes and nothing else.
std::string with_valid_utf8(std::string_view text) {
    return parse(to_text(Json(text))).get<std::string>();
}

}  // namespace

tl::expected<Json, std::string> parse_json(std::string_view text) {
    if (is_too_deep(text)) {
        return tl::unexpected(fmt::format("JSON of more than {} levels", deepest));
    }
    auto json = parse(text);
    if (json.is_discarded()) {
        json = parse(with_valid_utf8(text));
    }
    if (json.is_discarded()) {
        return tl::unexpected(
            std::string(text.empty() ? "empty, where JSON was expected" : "no JSON"));
    }
    return json;
}

std::string to_text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace engine
