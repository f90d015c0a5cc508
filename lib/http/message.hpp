#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What travels: plain values, so that those who make requests need no network to be tested.
namespace http {

enum class Method { get, post, del };

[[nodiscard]] std::string_view to_string(Method method);  // GET, POST, DELETE

struct Header {
    std::string name;
    std::string value;

    friend bool operator==(const Header&, const Header&) = default;
};

struct Request {
    Method method = Method::get;
    std::string target = {};  // path and query, percent-encoded: /containers/json?all=1
    std::vector<Header> headers = {};
    std::string body = {};
    // For the whole exchange. Of a stream, which may stay open for ever: up to its head, or to its
    // end where the head refuses it. None: no limit.
    std::optional<std::chrono::milliseconds> timeout = std::chrono::seconds(30);
    std::size_t max_reply = 64u << 20;  // bytes of the body; more is an error (streams: no limit)

    friend bool operator==(const Request&, const Request&) = default;
};

// How a request is called in messages: method and path without the query.
[[nodiscard]] std::string summary(const Request& request);

struct Response {
    int status = 0;
    std::vector<Header> headers = {};
    std::string body = {};

    // The value of the first header of this name (case does not count); empty where there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

}  // namespace http
