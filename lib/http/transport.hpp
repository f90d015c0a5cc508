#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include "http/message.hpp"
#include "http/probe.hpp"

namespace http {

// Why there is no reply, or no whole one.
struct Failure {
    enum class Kind {
        // Never connected, so the call had no effect.
        unusable_address,
        no_socket,
        permission_denied,
        refused,
        unreachable,  // for any other reason
        // Connected: whether the call had an effect is unknown.
        timed_out,
        broken,     // closed or reset before the end of the reply
        too_large,  // more than Request::max_reply, or headers without end
        not_http,
    };
    Kind kind = Kind::broken;
    std::string detail;  // the system's words, or what is wrong with the reply
};

using Reply = tl::expected<Response, Failure>;

struct StreamEvents {
    std::function<void(const Response&)> on_head;        // status and headers; no body yet
    std::function<void(std::string_view)> on_data;       // cut anywhere
    std::function<void(std::optional<Failure>)> on_end;  // once, last; none: the peer ended it
};

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

// Exchanges requests for replies, many at a time, on one thread.
//
// Callbacks run inside `run_once` and nowhere else. They may send, open streams and drop handles
// (their own too), but neither call `run_once` nor destroy the transport. Destroying it forgets the
// calls in flight without calling back.
class Transport {
public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    virtual void send(Request request, std::function<void(Reply)> done) = 0;
    [[nodiscard]] virtual StreamHandle open(Request request, StreamEvents events) = 0;

    // Asks a program, at its own address, whether it answers. Beside the calls and without them.
    virtual void probe(ProbeTarget target, std::function<void(ProbeResult)> done) = 0;

    // Waits until something is due, a descriptor of `also` is readable, a signal arrives or the
    // time is over, and runs the callbacks that are due.
    virtual void run_once(std::chrono::milliseconds at_most, std::span<const int> also) = 0;
};

}  // namespace http
