#include "appliance/fields/host_name.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace appliance {
namespace {

constexpr std::size_t longest_label = 63;

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= longest_label && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
               return base::is_letter_or_digit(c) || c == '-';
           });
}

}  // namespace

bool is_host_name(std::string_view name) {
    if (name.size() > longest_host_name) {
        return false;
    }
    while (true) {
        const std::size_t dot = name.find('.');
        if (!is_label(name.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        name.remove_prefix(dot + 1);
    }
}

}  // namespace appliance
