#pragma once

#include <algorithm>
#include <string>
#include <string_view>

// Letters as identifiers have them: whatever the locale, and no others.
namespace base {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
[[nodiscard]] constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }

[[nodiscard]] constexpr bool is_lower_hexadecimal(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f');
}
[[nodiscard]] constexpr bool is_hexadecimal(char c) {
    return is_lower_hexadecimal(c) || (c >= 'A' && c <= 'F');
}

[[nodiscard]] constexpr char in_lower_case(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr char in_upper_case(char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

[[nodiscard]] inline std::string in_lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return in_lower_case(c); });
    return result;
}

[[nodiscard]] inline std::string in_upper_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return in_upper_case(c); });
    return result;
}

}  // namespace base
