#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/ascii.hpp"

// What an id of a document is: of an appliance, a container or a volume.
namespace appliance {

// As the JSON Schema has it.
inline constexpr std::string_view id_pattern = "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$";
inline constexpr std::size_t longest_id = 63;  // bytes: what DNS takes

[[nodiscard]] constexpr bool may_be_in_id(char c) {
    return base::is_letter_or_digit(c) || c == '-';
}

[[nodiscard]] constexpr bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_id && base::is_letter_or_digit(text.front()) &&
           base::is_letter_or_digit(text.back()) &&
           std::all_of(text.begin(), text.end(), may_be_in_id);
}

}  // namespace appliance
