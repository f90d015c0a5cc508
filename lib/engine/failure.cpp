#include "engine/failure.hpp"

#include "engine/reply.hpp"
#include "engine/version.hpp"

namespace engine {
namespace {

// The version behind `words` in `message`; empty where they are not in it.
std::string version_after(std::string_view message, std::string_view words) {
    const auto found = message.find(words);
    if (found == std::string_view::npos) {
        return {};
    }
    const auto rest = message.substr(found + words.size());
    const auto length = std::min(rest.find_first_not_of("0123456789."), rest.size());
    auto version = std::string(rest.substr(0, length));
    if (version.ends_with('.')) {  // of the sentence
        version.pop_back();
    }
    return version;
}

}  // namespace

Error to_error(const http::Failure& failure, const http::Request& request,
               const std::string& address) {
    auto detail = one_line(failure.detail);
    const auto unreachable = [&](Unreachable::Why why) -> Error {
        return Unreachable{why, address, std::move(detail)};
    };
    using Kind = http::Failure::Kind;
    switch (failure.kind) {
        case Kind::unusable_address: return unreachable(Unreachable::Why::unusable_address);
        case Kind::no_socket: return unreachable(Unreachable::Why::no_socket);
        case Kind::permission_denied: return unreachable(Unreachable::Why::permission_denied);
        case Kind::refused: return unreachable(Unreachable::Why::refused);
        case Kind::unreachable: return unreachable(Unreachable::Why::other);
        case Kind::timed_out:
        case Kind::broken: return Broken{http::summary(request), std::move(detail)};
        case Kind::too_large:
        case Kind::not_http: return Malformed{http::summary(request), std::move(detail)};
    }
    return Broken{http::summary(request), std::move(detail)};
}

std::optional<VersionMismatch> version_refused(const http::Response& response,
                                               const std::string& address) {
    if (response.status != 400 || response.body.find("client version") == std::string::npos) {
        return std::nullopt;
    }
    const auto message = one_line(response.body);
    const auto is_too_new = message.find("is too new") != std::string::npos;
    if (!is_too_new && message.find("is too old") == std::string::npos) {
        return std::nullopt;
    }
    return VersionMismatch{
        .address = address,
        .engine_min = version_after(message, "Minimum supported API version is "),
        .engine_max = version_after(message, "Maximum supported API version is "),
        .ours_min = to_string(oldest_spoken),
        .ours_max = to_string(newest_spoken)};
}

}  // namespace engine
