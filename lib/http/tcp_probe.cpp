#include "http/tcp_probe.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace http {
namespace {

// Behind a published port the engine's proxy accepts before the program listens, and closes when
// it finds nobody there. On one machine that takes a few milliseconds.
constexpr std::chrono::milliseconds time_to_close{100};

struct SocketAddress {
    union {
        sockaddr any;
        sockaddr_in v4;
        sockaddr_in6 v6;
    };
    socklen_t size = 0;  // 0: none
};

SocketAddress parse_address(const std::string& host, std::uint16_t port) {
    SocketAddress address{};
    if (host.find('\0') != std::string::npos) {  // where inet_pton would take it to end
        return address;
    }
    address.v4 = {};
    if (inet_pton(AF_INET, host.c_str(), &address.v4.sin_addr) == 1) {
        address.v4.sin_family = AF_INET;
        address.v4.sin_port = htons(port);
        address.size = sizeof address.v4;
        return address;
    }
    address.v6 = {};  // with its scope
    if (inet_pton(AF_INET6, host.c_str(), &address.v6.sin6_addr) == 1) {
        address.v6.sin6_family = AF_INET6;
        address.v6.sin6_port = htons(port);
        address.size = sizeof address.v6;
    }
    return address;
}

// A connection from a port to that same port, which the system makes when it picks, for this end,
// the very port that is asked for.
bool reached_itself(int descriptor) {
    SocketAddress here{};
    SocketAddress there{};
    here.size = there.size = sizeof here.v6;
    return getsockname(descriptor, &here.any, &here.size) == 0 &&
           getpeername(descriptor, &there.any, &there.size) == 0 && here.size == there.size &&
           std::memcmp(&here.any, &there.any, here.size) == 0;
}

short shown(int descriptor, short events) {
    pollfd look{descriptor, events, 0};
    return poll(&look, 1, 0) > 0 ? look.revents : static_cast<short>(0);
}

}  // namespace

bool is_ip_address(const std::string& host) { return parse_address(host, 0).size > 0; }

ProbeFailure connection_failure(int system_error) {
    const auto kind = [system_error] {
        switch (system_error) {
            case ECONNREFUSED: return ProbeFailure::Kind::refused;
            case ETIMEDOUT: return ProbeFailure::Kind::timed_out;
            case ECONNRESET:
            case EPIPE: return ProbeFailure::Kind::closed;
            case EHOSTUNREACH:
            case EHOSTDOWN:
            case ENETUNREACH:
            case ENETDOWN:
            case EADDRNOTAVAIL: return ProbeFailure::Kind::unreachable;
            default: return ProbeFailure::Kind::other;
        }
    }();
    return {kind, std::generic_category().message(system_error)};
}

TcpProbe::TcpProbe(const ProbeTarget& target) : due_(Clock::now() + target.timeout) {
    connect(target);
}

void TcpProbe::fail(ProbeFailure failure) {
    result_ = tl::unexpected(std::move(failure));
    due_ = Clock::now();
}

void TcpProbe::connect(const ProbeTarget& target) {
    const auto address = parse_address(target.host, target.port);
    if (address.size == 0) {
        fail({ProbeFailure::Kind::other, fmt::format("`{}` is no IP address", target.host)});
        return;
    }
    socket_ = base::Descriptor(
        socket(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket_ || (::connect(socket_.get(), &address.any, address.size) != 0 &&
                     errno != EINPROGRESS && errno != EINTR)) {
        fail(connection_failure(errno));
    }
}

std::optional<pollfd> TcpProbe::wait() const {
    if (result_) {
        return std::nullopt;
    }
    return pollfd{socket_.get(), static_cast<short>(connected_ ? POLLIN : POLLOUT), 0};
}

std::optional<ProbeResult> TcpProbe::look() {
    if (result_) {
        return result_;
    }
    const bool is_late = Clock::now() >= due_;
    if (!connected_ && shown(socket_.get(), POLLOUT) != 0) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
        if (error == 0 && reached_itself(socket_.get())) {
            error = ECONNREFUSED;  // nobody listens there
        }
        if (error != 0) {
            fail(connection_failure(error));
            return result_;
        }
        connected_ = true;
        due_ = Clock::now() + time_to_close;
    } else if (!connected_ && is_late) {
        fail({ProbeFailure::Kind::timed_out, "no connection in time"});
    }
    if (connected_ && shown(socket_.get(), POLLIN) != 0) {
        char byte = 0;
        const auto count = recv(socket_.get(), &byte, 1, MSG_PEEK);
        if (count > 0) {
            result_ = Ready{};
        } else if (count == 0) {
            fail({ProbeFailure::Kind::closed, "the connection was closed at once"});
        } else {
            fail(connection_failure(errno));
        }
    } else if (connected_ && is_late && Clock::now() >= due_) {
        result_ = Ready{};
    }
    return result_;
}

}  // namespace http
