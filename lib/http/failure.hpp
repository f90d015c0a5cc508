#pragma once

#include <string>

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

}  // namespace http
