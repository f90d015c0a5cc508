#include "appliance/fields/path_value.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "appliance/terms.hpp"

namespace appliance {
namespace {

constexpr std::size_t longest_path_of_linux = 4095;  // bytes

// Without empty parts and `.`, which mean nothing.
std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, end);
        if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

}  // namespace

std::optional<std::string> absolute_path(std::string_view path, std::string_view what, Span where,
                                         Problems& problems) {
    if (path.empty()) {
        problems.error(fmt::format("{} is empty", what), where,
                       "write an absolute path, which begins with `/`");
        return std::nullopt;
    }
    if (!path.starts_with('/')) {
        problems.error(fmt::format("{} must be an absolute path, not {}", what, in_backticks(path)),
                       where, "begin it with `/`");
        return std::nullopt;
    }
    if (path.size() > longest_path_of_linux) {
        problems.error(fmt::format("{} has {} bytes, the most is {}", what, path.size(),
                                   longest_path_of_linux),
                       where, "shorten it");
        return std::nullopt;
    }
    std::string shortest;
    for (const std::string_view part : parts_of(path)) {
        shortest += '/';
        shortest += part;
    }
    return shortest.empty() ? "/" : shortest;
}

std::optional<std::string> mount_point(std::string_view path, std::string_view what, Span where,
                                       Problems& problems) {
    auto result = absolute_path(path, what, where, problems);
    if (!result) {
        return std::nullopt;
    }
    const std::vector<std::string_view> parts = parts_of(*result);
    if (std::find(parts.begin(), parts.end(), "..") != parts.end()) {
        problems.error(fmt::format("{} cannot have `..`: {}", what, in_backticks(path)), where,
                       "write the path that it leads to");
        return std::nullopt;
    }
    if (parts.empty()) {
        problems.error(fmt::format("{} cannot be `/`", what), where,
                       "write a path below it, as in `/data`");
        return std::nullopt;
    }
    return result;
}

}  // namespace appliance
