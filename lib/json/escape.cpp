#include "json/escape.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/utf8.hpp"

namespace json {
namespace {

constexpr char32_t replacement_character = 0xFFFD;

std::optional<char> short_escape(char letter) {
    switch (letter) {
        case '"':
        case '\\':
        case '/': return letter;
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return std::nullopt;
    }
}

// The number in `\uXXXX` when there is one at `at`.
std::optional<char32_t> hexadecimal_escape(std::string_view text, std::size_t at) {
    const std::string_view escape = text.substr(at, 6);
    if (escape.size() < 6 || !escape.starts_with("\\u")) {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    const auto [end, fault] = std::from_chars(escape.data() + 2, escape.data() + 6, number, 16);
    if (fault != std::errc{} || end != escape.data() + 6) {
        return std::nullopt;
    }
    return number;
}

bool is_high_surrogate(char32_t c) { return c >= 0xD800 && c < 0xDC00; }
bool is_low_surrogate(char32_t c) { return c >= 0xDC00 && c < 0xE000; }

Escape unicode_escape(std::string_view text, std::size_t at) {
    const std::optional<char32_t> first = hexadecimal_escape(text, at);
    if (!first) {
        return {"\\u", 2, EscapeFault::bad_hexadecimal};
    }
    Escape escape;
    if (is_high_surrogate(*first)) {
        const std::optional<char32_t> second = hexadecimal_escape(text, at + 6);
        if (second && is_low_surrogate(*second)) {
            base::append_utf8(escape.decoded,
                              0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00));
            escape.length = 12;
            return escape;
        }
    }
    const bool half = is_high_surrogate(*first) || is_low_surrogate(*first);
    base::append_utf8(escape.decoded, half ? replacement_character : *first);
    escape.length = 6;
    escape.fault = half ? EscapeFault::half_a_character : EscapeFault::none;
    return escape;
}

}  // namespace

Escape read_escape(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size() || text[at + 1] == '\n') {
        return {"\\", 1, EscapeFault::unknown};
    }
    const char letter = text[at + 1];
    if (const auto decoded = short_escape(letter)) {
        return {std::string(1, *decoded), 2, EscapeFault::none};
    }
    if (letter == 'u') {
        return unicode_escape(text, at);
    }
    const std::size_t length = 1 + base::character_at(text, at + 1).length;
    return {std::string(text.substr(at, length)), length,
            letter == '@' ? EscapeFault::escaped_at : EscapeFault::unknown};
}

diagnostics::Span source_span(std::string_view text, diagnostics::Span literal,
                              diagnostics::Span decoded) {
    diagnostics::Span result{literal.end, literal.end};
    std::size_t at = literal.begin + 1;
    for (std::size_t offset = 0; at < literal.end;) {
        if (offset <= decoded.begin) {
            result.begin = at;
        }
        if (offset >= decoded.end) {
            result.end = at;
            break;
        }
        if (text[at] == '\\') {
            const Escape escape = read_escape(text, at);
            offset += escape.decoded.size();
            at += escape.length;
        } else {
            ++offset;
            ++at;
        }
    }
    return result;
}

}  // namespace json
