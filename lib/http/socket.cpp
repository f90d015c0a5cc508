#include "http/socket.hpp"

#include <cerrno>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>

namespace http {
namespace {

Failure not_connected(int system_error) {
    const auto kind = [system_error] {
        switch (system_error) {
            case ENOENT:
            case ENOTDIR: return Failure::Kind::no_socket;
            case EACCES:
            case EPERM: return Failure::Kind::permission_denied;
            case ECONNREFUSED: return Failure::Kind::refused;
            case ENAMETOOLONG: return Failure::Kind::unusable_address;
            default: return Failure::Kind::unreachable;
        }
    }();
    return {kind, std::generic_category().message(system_error)};
}

}  // namespace

tl::expected<std::optional<Socket>, Failure> Socket::connect(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return tl::unexpected(not_connected(ENAMETOOLONG));
    }
    path.copy(address.sun_path, path.size());

    Socket made(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (made.descriptor() >= 0 &&
        ::connect(made.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
            0) {
        return made;
    }
    if (errno == EAGAIN || errno == EMFILE || errno == ENFILE) {
        return std::nullopt;
    }
    return tl::unexpected(not_connected(errno));
}

bool Socket::is_stale() const {
    char byte = 0;
    return ::recv(descriptor_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN;
}

}  // namespace http
