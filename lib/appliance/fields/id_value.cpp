#include "appliance/fields/id_value.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "appliance/id.hpp"
#include "appliance/terms.hpp"
#include "base/ascii.hpp"
#include "base/utf8.hpp"

namespace appliance {
namespace {

// The same with what is not allowed turned into dashes; empty when nothing is left.
std::string repaired(std::string_view id) {
    std::string result;
    for (const char c : id) {
        if (base::is_letter_or_digit(c)) {
            result += c;
        } else if (!result.empty() && result.back() != '-') {
            result += '-';
        }
    }
    result.resize(std::min(result.size(), longest_id));
    while (result.ends_with('-')) {
        result.pop_back();
    }
    return result;
}

std::string advice(std::string_view id) {
    const std::string better = repaired(id);
    return better.empty()
               ? "an id has letters, digits and `-`, and begins and ends with a letter or digit"
               : fmt::format("{} would do", in_backticks(better));
}

}  // namespace

std::optional<std::string> read_valid_id(const Value& value, Problems& problems) {
    const std::string& id = *value.as<std::string>();
    const auto fault = [&](std::string message) {
        problems.error(std::move(message), value.span, advice(id));
        return std::nullopt;
    };
    if (id.empty()) {
        return fault("`id` is empty");
    }
    const auto odd = std::find_if_not(id.begin(), id.end(), may_be_in_id);
    if (odd != id.end()) {
        const auto at = static_cast<std::size_t>(odd - id.begin());
        const std::string_view character =
            std::string_view(id).substr(at, base::character_at(id, at).length);
        return fault(fmt::format("an id cannot have {}",
                                 character == " " ? "spaces" : in_backticks(character)));
    }
    if (id.front() == '-' || id.back() == '-') {
        return fault("an id begins and ends with a letter or digit");
    }
    if (id.size() > longest_id) {
        return fault(
            fmt::format("this id has {} characters, the most is {}", id.size(), longest_id));
    }
    return id;
}

}  // namespace appliance
