#pragma once

#include <string>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace engine {

// The engine could not be reached at all.
struct Unreachable {
    enum class Why { no_socket, permission_denied, refused, unusable_address, timed_out, other };
    Why why = Why::other;
    std::string address;                   // as the user gave it: unix:///var/run/docker.sock
    std::string detail;                    // the system's words
    std::vector<std::string> others = {};  // sockets that are there, where engines have theirs
};

// The engine speaks no API version that pivot speaks.
struct VersionMismatch {
    std::string address;
    std::string engine_min, engine_max;  // empty where the engine did not say
    std::string ours_min, ours_max;
};

// The engine answered with an error.
struct Refused {
    int status = 0;       // HTTP status; 200 for an error inside a stream
    std::string message;  // the engine's own words, one line
};

// The connection broke, or the call took longer than it may. Whether the call had an effect is
// unknown.
struct Broken {
    std::string call;  // "POST /containers/create"
    std::string detail;
};

// The reply is not what the API promises.
struct Malformed {
    std::string call;
    std::string detail;
};

using Error = std::variant<Unreachable, VersionMismatch, Refused, Broken, Malformed>;

template <class T>
using Result = tl::expected<T, Error>;

// True when `error` is the engine's own answer with this status.
[[nodiscard]] bool is_status(const Error& error, int status);

}  // namespace engine
