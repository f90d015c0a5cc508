#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include <tl/expected.hpp>

#include "http/failure.hpp"

namespace http {

// Bytes to and from a peer, without ever blocking. A new connection may still be on its way to the
// peer: reading and writing carry that on, and move nothing until it is there.
class Connection {
public:
    using Clock = std::chrono::steady_clock;

    // What to wait for before it is worth calling again: one of the events (of poll; no descriptor,
    // no events), or the time.
    struct Wait {
        int descriptor = -1;
        short events = 0;
        Clock::time_point until = Clock::time_point::max();
    };
    enum class Wanted { read, read_and_write };

    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;  // closes it

    [[nodiscard]] virtual Wait wait(Wanted wanted) const = 0;

    // How many bytes it took, perhaps 0. Fails only where the connection could not be made, so that
    // the peer got nothing. A peer that reads no more may have said something all the same: its
    // connection takes all bytes and loses them, and `read` tells what became of it.
    [[nodiscard]] virtual tl::expected<std::size_t, Failure> write(std::string_view bytes) = 0;
    // How many bytes came; 0: the peer has ended; none: there is nothing yet.
    [[nodiscard]] virtual tl::expected<std::optional<std::size_t>, Failure> read(
        std::span<char> into) = 0;
    // Tells the peer that nothing more is written, and goes on reading.
    virtual void end_writing() = 0;
};

// A way to the engine: a Unix socket, and whatever else carries bytes.
class Connector {
public:
    Connector() = default;
    Connector(const Connector&) = delete;
    Connector& operator=(const Connector&) = delete;
    virtual ~Connector() = default;

    // A connection that gives up when it is not there by then. Does not block.
    [[nodiscard]] virtual std::unique_ptr<Connection> connect(
        Connection::Clock::time_point at_latest) = 0;
};

}  // namespace http
