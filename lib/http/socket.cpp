#include "http/socket.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <system_error>

namespace http {
namespace {

constexpr timeval longest_wait_for_a_place{10, 0};

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

tl::expected<Socket, Failure> Socket::connect(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return tl::unexpected(not_connected(ENAMETOOLONG));
    }
    path.copy(address.sun_path, path.size());

    Socket made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int descriptor = made.descriptor();
    // A Unix socket that does not block answers EAGAIN when there is no place, and nothing tells
    // when there is one (unix(7)); one that blocks waits, for as long as it may send.
    if (descriptor < 0 ||
        ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &longest_wait_for_a_place,
                     sizeof longest_wait_for_a_place) != 0 ||
        ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::fcntl(descriptor, F_SETFL, O_NONBLOCK) != 0) {
        return tl::unexpected(not_connected(errno));
    }
    return made;
}

bool Socket::is_stale() const {
    char byte = 0;
    return ::recv(descriptor_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN;
}

}  // namespace http
