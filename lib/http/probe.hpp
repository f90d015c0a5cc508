#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include <tl/expected.hpp>

// Whether a program answers: asked of its address, not of an engine.
namespace http {

struct ProbeTarget {
    enum class Kind { tcp, http, https };
    Kind kind = Kind::tcp;
    std::string host = {};  // an IP address: no name is ever looked up
    std::uint16_t port = 0;
    std::string path = "/";  // with the query, percent-encoded; tcp: not used
    std::chrono::milliseconds timeout = std::chrono::seconds(10);

    friend bool operator==(const ProbeTarget&, const ProbeTarget&) = default;
};

struct ProbeFailure {
    enum class Kind {
        refused,
        unreachable,
        timed_out,
        closed,      // connected, and closed before an answer: most likely nobody listens yet
        bad_status,  // of HTTP: not 200 to 399
        other,       // TLS, no HTTP, a host that is no address
    };
    Kind kind = Kind::other;
    std::string detail;  // the system's or curl's words
    int status = 0;      // of HTTP, where one came

    friend bool operator==(const ProbeFailure&, const ProbeFailure&) = default;
};

struct Ready {
    int status = 0;  // of HTTP; tcp: 0

    friend bool operator==(const Ready&, const Ready&) = default;
};

using ProbeResult = tl::expected<Ready, ProbeFailure>;

}  // namespace http
