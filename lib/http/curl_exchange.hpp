#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "http/curl_handles.hpp"
#include "http/message.hpp"
#include "http/transport.hpp"

namespace http {

enum class ReplyKind { whole, stream };

// One request and what has come of its reply, over an easy handle of its own. libcurl's callbacks
// only collect here; the transport hands out what came once libcurl has returned, so that whoever
// gets it may use the transport freely.
class CurlExchange {
public:
    CurlExchange(Request request, ReplyKind kind, const std::string& socket_path);
    CurlExchange(const CurlExchange&) = delete;  // libcurl keeps its address
    CurlExchange& operator=(const CurlExchange&) = delete;

    [[nodiscard]] CURL* handle() const { return easy_.get(); }
    [[nodiscard]] bool head_complete() const { return head_complete_; }
    [[nodiscard]] const Response& response() const { return response_; }  // as far as it came
    [[nodiscard]] Response take_response() { return std::move(response_); }
    [[nodiscard]] std::string take_body() { return std::exchange(response_.body, {}); }

    // What libcurl's `result` means; none: the reply is whole.
    [[nodiscard]] std::optional<Failure> failure(CURLcode result) const;

private:
    void choose_method();
    void choose_limits();
    void send_headers();
    std::size_t on_header(std::string_view line);
    std::size_t on_body(std::string_view bytes);

    Request request_;
    ReplyKind kind_;
    EasyHandle easy_;
    HeaderLines header_lines_;
    std::array<char, CURL_ERROR_SIZE> words_{};  // libcurl's, about a failure
    Response response_;
    std::size_t header_bytes_ = 0;
    bool head_complete_ = false;
    bool too_large_ = false;
};

}  // namespace http
