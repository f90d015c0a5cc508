#include "http/unix_connector.hpp"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <utility>

#include "base/descriptor.hpp"

namespace http {
namespace {

constexpr std::chrono::milliseconds between_attempts{10};

std::string words(int system_error) { return std::generic_category().message(system_error); }

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
    return {kind, words(system_error)};
}

class UnixConnection final : public Connection {
public:
    UnixConnection(std::string path, Clock::time_point at_latest)
        : path_(std::move(path)), at_latest_(at_latest) {}

    [[nodiscard]] Wait wait(Wanted wanted) const override {
        if (!socket_) {
            return {.until = next_attempt_};
        }
        return {.descriptor = socket_.get(),
                .events = static_cast<short>(wanted == Wanted::read ? POLLIN : POLLIN | POLLOUT)};
    }

    [[nodiscard]] tl::expected<std::size_t, Failure> write(std::string_view bytes) override {
        if (auto failure = connect()) {
            return tl::unexpected(std::move(*failure));
        }
        while (socket_) {
            const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count >= 0) {
                return static_cast<std::size_t>(count);
            }
            if (errno == EAGAIN) {
                break;
            }
            if (errno != EINTR) {
                return bytes.size();
            }
        }
        return 0;
    }

    [[nodiscard]] tl::expected<std::optional<std::size_t>, Failure> read(
        std::span<char> into) override {
        if (auto failure = connect()) {
            return tl::unexpected(std::move(*failure));
        }
        while (socket_) {
            const ssize_t count = ::recv(socket_.get(), into.data(), into.size(), 0);
            if (count >= 0) {
                return static_cast<std::size_t>(count);
            }
            if (errno == EAGAIN) {
                break;
            }
            if (errno != EINTR) {
                return tl::unexpected(Failure{Failure::Kind::broken, words(errno)});
            }
        }
        return std::nullopt;
    }

    void end_writing() override { ::shutdown(socket_.get(), SHUT_WR); }

private:
    // Unless it is connected already, or the next attempt is not due.
    std::optional<Failure> connect() {
        const auto now = socket_ ? Clock::time_point::min() : Clock::now();
        if (socket_ || now < next_attempt_) {
            return std::nullopt;
        }
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path_.size() >= sizeof address.sun_path) {
            return not_connected(ENAMETOOLONG);
        }
        path_.copy(address.sun_path, path_.size());
        base::Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (made && ::connect(made.get(), reinterpret_cast<const sockaddr*>(&address),
                              sizeof address) == 0) {
            socket_ = std::move(made);
            return std::nullopt;
        }
        // EAGAIN: the peer's backlog is full, because it does not accept. EMFILE, ENFILE: too many
        // files are open. All of these pass.
        if (errno != EAGAIN && errno != EMFILE && errno != ENFILE) {
            return not_connected(errno);
        }
        if (now >= at_latest_) {
            return Failure{Failure::Kind::unreachable, "no connection in time"};
        }
        next_attempt_ = std::min(now + between_attempts, at_latest_);
        return std::nullopt;
    }

    std::string path_;
    Clock::time_point at_latest_;
    Clock::time_point next_attempt_ = Clock::time_point::min();
    base::Descriptor socket_;
};

}  // namespace

std::unique_ptr<Connection> UnixConnector::connect(Connection::Clock::time_point at_latest) {
    return std::make_unique<UnixConnection>(path_, at_latest);
}

}  // namespace http
