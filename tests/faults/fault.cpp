#include "faults/fault.hpp"

#include <fmt/format.h>

namespace faults {
namespace {

std::string json_reply(const std::string& status, const std::string& body) {
    return fmt::format(
        "HTTP/1.1 {}\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\n"
        "Content-Length: {}\r\n\r\n{}",
        status, body.size(), body);
}

}  // namespace

const char* to_text(Kind kind) {
    switch (kind) {
        case Kind::none: return "no fault";
        case Kind::closed_before: return "closed before the request";
        case Kind::closed_after: return "closed after the request";
        case Kind::delayed: return "delayed";
        case Kind::status_500: return "status 500";
        case Kind::status_503: return "status 503";
        case Kind::no_http: return "a reply that is no HTTP";
        case Kind::half_a_reply: return "half a reply";
        case Kind::endless_reply: return "an endless reply";
        case Kind::killed_before: return "killed before the request";
        case Kind::killed_after: return "killed after the reply";
        case Kind::signalled: return "signalled";
        case Kind::answered: return "answered by another";
    }
    return "";
}

std::string reply_of(const Fault& fault) {
    switch (fault.kind) {
        case Kind::status_500:
            return json_reply("500 Internal Server Error",
                              R"({"message":"the engine has hiccups"})");
        case Kind::status_503:
            return json_reply("503 Service Unavailable", R"({"message":"the engine is away"})");
        case Kind::no_http: return "SSH-2.0-OpenSSH_9.2\r\n\x01\x02\x1b[31m\r\n\r\n";
        case Kind::endless_reply:
            return "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\n\r\n"
                   "[{\"Id\":\"";
        case Kind::answered: return fault.reply;
        case Kind::none:
        case Kind::closed_before:
        case Kind::closed_after:
        case Kind::delayed:
        case Kind::half_a_reply:
        case Kind::killed_before:
        case Kind::killed_after:
        case Kind::signalled: break;
    }
    return "";
}

}  // namespace faults
