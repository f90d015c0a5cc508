#include "engine/address.hpp"

#include <string_view>

namespace engine {
namespace {

// sockaddr_un::sun_path has 108 bytes, the last of which ends it.
constexpr std::size_t max_path_bytes = 107;

}  // namespace

Result<Address> Address::parse(const std::string& url) {
    const auto unusable = [&url](std::string detail) {
        return tl::unexpected(
            Error(Unreachable{Unreachable::Why::unusable_address, url, std::move(detail)}));
    };
    std::string path = url;
    if (const auto colon = url.find("://"); colon != std::string::npos) {
        const auto scheme = url.substr(0, colon);
        if (scheme != "unix") {
            return unusable("only Unix sockets are supported yet, not " + scheme + "://");
        }
        path = url.substr(colon + 3);
    }
    if (path.empty()) {
        return unusable("it names no socket");
    }
    if (path.front() != '/') {
        return unusable("the socket's path must start with a slash");
    }
    if (path.find('\0') != std::string::npos) {
        return unusable("the socket's path contains a zero byte");
    }
    if (path.size() > max_path_bytes) {
        return unusable("the socket's path is longer than " + std::to_string(max_path_bytes) +
                        " bytes");
    }
    return Address(url, std::move(path));
}

}  // namespace engine
