#include "engine/version.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace engine {

std::optional<ApiVersion> parse_version(std::string_view text) {
    ApiVersion version;
    const auto* const end = text.data() + text.size();
    const auto major = std::from_chars(text.data(), end, version.major);
    if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') {
        return std::nullopt;
    }
    const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
    if (minor.ec != std::errc() || minor.ptr != end || version.major < 0 || version.minor < 0) {
        return std::nullopt;
    }
    return version;
}

std::string to_string(ApiVersion version) {
    return fmt::format("{}.{}", version.major, version.minor);
}

bool starts_checks_soon(std::string_view api_version) {
    return parse_version(api_version) >= ApiVersion{1, 44};
}

std::optional<ApiVersion> settle_on(ApiVersion engine_newest) {
    if (engine_newest < oldest_spoken) {
        return std::nullopt;
    }
    return std::min(engine_newest, newest_spoken);
}

}  // namespace engine
