#include "json/number.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "diagnostics/wording.hpp"

namespace json {
namespace {

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && base::is_digit(text[end])) {
        ++end;
    }
    return end - at;
}

bool is_json_number(std::string_view text) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = digits_at(text, at);
    if (whole == 0 || (whole > 1 && text[at] == '0')) {
        return false;
    }
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = digits_at(text, at + 1);
        if (fraction == 0) {
            return false;
        }
        at += 1 + fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        at += at < text.size() && (text[at] == '+' || text[at] == '-') ? 1U : 0U;
        const std::size_t exponent = digits_at(text, at);
        if (exponent == 0) {
            return false;
        }
        at += exponent;
    }
    return at == text.size();
}

// The same number with the habits of other languages taken out.
std::string in_json_style(std::string_view text) {
    std::string result;
    if (text.starts_with('-')) {
        result += '-';
    }
    if (text.starts_with('-') || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    while (text.size() > 1 && text[0] == '0' && digits_at(text, 1) > 0) {
        text.remove_prefix(1);
    }
    if (text.starts_with('.')) {
        result += '0';
    }
    for (const char c : text) {
        if (c != '_') {
            result += c;
        }
    }
    return result.ends_with('.') ? result + "0" : result;
}

}  // namespace

std::optional<std::string> advice_on_number(std::string_view text) {
    if (is_json_number(text)) {
        return std::nullopt;
    }
    const std::string better = in_json_style(text);
    if (is_json_number(better)) {
        return fmt::format("write {}", diagnostics::in_backticks(better));
    }
    return "put it in double quotes if it is text";
}

double to_double(std::string_view number) {
    double value = 0;
    const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (fault == std::errc::result_out_of_range) {
        // Too small is told from too large by the exponent's sign.
        const bool tiny = number.find("e-") != number.npos || number.find("E-") != number.npos;
        const double size = tiny ? 0.0 : std::numeric_limits<double>::infinity();
        return number.starts_with('-') ? -size : size;
    }
    return value;
}

std::optional<std::int64_t> to_whole(std::string_view number) {
    constexpr double exact = 9007199254740992.0;
    const double value = to_double(number);
    if (std::trunc(value) != value || std::fabs(value) > exact) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(value);
}

}  // namespace json
