#include "appliance/fields/quantity.hpp"

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"

namespace appliance {
namespace {

// Takes an unsigned decimal number off the front of the text.
std::optional<double> take_amount(std::string_view& text) {
    const auto is_part = [](char c) { return base::is_digit(c) || c == '.'; };
    const auto length = static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), is_part) - text.begin());
    double amount = 0;
    const auto [end, fault] =
        std::from_chars(text.data(), text.data() + length, amount, std::chars_format::fixed);
    if (length == 0 || fault != std::errc() || end != text.data() + length) {
        return std::nullopt;
    }
    text.remove_prefix(length);
    return amount;
}

std::string_view take_unit(std::string_view& text) {
    const auto length = static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), base::is_letter) - text.begin());
    const std::string_view unit = text.substr(0, length);
    text.remove_prefix(length);
    return unit;
}

std::optional<double> seconds_in(std::string_view unit) {
    if (unit == "h") return 3600;
    if (unit == "m") return 60;
    if (unit == "s") return 1;
    if (unit == "ms") return 1e-3;
    if (unit == "us") return 1e-6;
    return std::nullopt;
}

std::optional<double> bytes_in(std::string_view unit) {
    if (unit.empty() || unit == "b") {
        return 1;
    }
    double bytes = 1;
    for (const char prefix : std::string_view("kmgt")) {
        bytes *= 1024;
        const std::string_view rest = unit.substr(1);
        if (unit.front() == prefix && (rest.empty() || rest == "b" || rest == "ib")) {
            return bytes;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<double> parse_duration(std::string_view text) {
    if (text.empty()) {
        return std::nullopt;
    }
    double seconds = 0;
    while (!text.empty()) {
        const auto amount = take_amount(text);
        const auto unit = amount ? seconds_in(take_unit(text)) : std::nullopt;
        if (!unit) {
            return std::nullopt;
        }
        seconds += *amount * *unit;
    }
    return seconds;
}

std::optional<double> parse_bytes(std::string_view text) {
    const auto amount = take_amount(text);
    if (amount && text.starts_with(' ')) {
        text.remove_prefix(1);  // `64 MB`
    }
    const auto unit = amount ? bytes_in(base::in_lower_case(take_unit(text))) : std::nullopt;
    return unit && text.empty() ? std::optional(*amount * *unit) : std::nullopt;
}

}  // namespace appliance
