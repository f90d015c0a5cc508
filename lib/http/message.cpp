#include "http/message.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace http {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::post: return "POST";
        case Method::del: return "DELETE";
    }
    return "";
}

std::string summary(const Request& request) {
    const std::string_view target = request.target;
    return fmt::format("{} {}", to_string(request.method), target.substr(0, target.find('?')));
}

std::string_view Response::header(std::string_view name) const {
    const auto found = std::ranges::find_if(
        headers, [name](const Header& header) { return same_name(header.name, name); });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

}  // namespace http
