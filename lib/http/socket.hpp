#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <tl/expected.hpp>

#include "http/transport.hpp"

namespace http {

// A connection to a Unix socket, which never blocks. Closed when this goes.
class Socket {
public:
    Socket() = default;  // of no connection
    Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~Socket() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }

    // None: not now, try again; nothing tells when. There is no place in the peer's line of
    // connections, which only a peer that does not accept fills, or as many files are open as may
    // be.
    [[nodiscard]] static tl::expected<std::optional<Socket>, Failure> connect(
        const std::string& path);

    [[nodiscard]] int descriptor() const { return descriptor_; }

    // It is of no use any more: the peer closed it, or sent what nobody asked for.
    [[nodiscard]] bool is_stale() const;

private:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}

    int descriptor_ = -1;
};

}  // namespace http
