#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include "http/connection.hpp"
#include "http/failure.hpp"
#include "http/message.hpp"

namespace http {

using Reply = tl::expected<Response, Failure>;

struct StreamEvents {
    std::function<void(const Response&)> on_head;        // status and headers; no body yet
    std::function<void(std::string_view)> on_data;       // cut anywhere
    std::function<void(std::optional<Failure>)> on_end;  // once, last; none: the peer ended it
};

// What an upgrade was answered with.
struct Upgrade {
    Response response;  // whole, where it is a refusal: any status but 101
    // The connection, where the status is 101: it speaks the new protocol from here on.
    std::unique_ptr<Connection> connection;
    std::string already_read;  // of the new protocol
};
using UpgradeReply = tl::expected<Upgrade, Failure>;

// Ends its stream when it goes: from then on no callback of the stream is called. May outlive the
// transport.
class StreamHandle {
public:
    StreamHandle() = default;  // of no stream
    explicit StreamHandle(std::function<void()> close) : close_(std::move(close)) {}
    StreamHandle(StreamHandle&& other) noexcept : close_(std::exchange(other.close_, nullptr)) {}
    StreamHandle& operator=(StreamHandle&& other) noexcept {
        if (this != &other) {
            close();
            close_ = std::exchange(other.close_, nullptr);
        }
        return *this;
    }
    ~StreamHandle() { close(); }

    void close() noexcept {
        if (const auto end_stream = std::exchange(close_, nullptr)) {
            end_stream();
        }
    }

private:
    std::function<void()> close_;
};

// Exchanges requests for replies, many at a time, on the thread of a reactor.
//
// Callbacks run inside the reactor's `run_once` and nowhere else. They may send, open streams and
// drop handles (their own too), but not destroy the transport. Destroying it forgets the calls in
// flight without calling back.
class Transport {
public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    virtual void send(Request request, std::function<void(Reply)> done) = 0;
    [[nodiscard]] virtual StreamHandle open(Request request, StreamEvents events) = 0;
    // Asks the peer to go on with another protocol, which the request's headers name.
    virtual void upgrade(Request request, std::function<void(UpgradeReply)> done) = 0;
};

}  // namespace http
