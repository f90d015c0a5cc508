#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/failure.hpp"
#include "http/message.hpp"

namespace http {

// A reply as its bytes come in, cut anywhere: HTTP/1 with a length, in chunks, or up to the end of
// the connection. The parsing is Boost.Beast's, which only the source includes.
class ReplyParser {
public:
    static constexpr auto no_limit = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_head_bytes = 64 * 1024;

    // Whether `101 Switching Protocols` may be the reply: then what follows is not HTTP.
    enum class Switching { is_passed_over, ends_the_reply };

    explicit ReplyParser(std::size_t max_body_bytes,
                         Switching switching = Switching::is_passed_over);
    ReplyParser(const ReplyParser&) = delete;
    ReplyParser& operator=(const ReplyParser&) = delete;
    ~ReplyParser();

    // What is wrong with it; then nothing more may be fed.
    [[nodiscard]] std::optional<Failure> feed(std::string_view bytes);
    [[nodiscard]] std::optional<Failure> feed_end();  // the peer closed

    // Of the reply itself: `100 Continue` and its like are passed over.
    [[nodiscard]] bool head_complete() const { return head_complete_; }
    [[nodiscard]] bool complete() const { return complete_; }
    // Complete, and another one may follow on the same connection.
    [[nodiscard]] bool leaves_connection_open() const;

    [[nodiscard]] const Response& response() const { return response_; }  // as far as it came
    [[nodiscard]] Response take_response() { return std::move(response_); }
    [[nodiscard]] std::string take_body() { return std::exchange(response_.body, {}); }
    // What came after the complete reply.
    [[nodiscard]] std::string take_rest() { return std::exchange(pending_, {}); }

private:
    class Beast;

    void begin();
    [[nodiscard]] bool is_interim() const;
    [[nodiscard]] std::optional<Failure> parse(std::string_view& bytes);

    std::size_t max_body_bytes_;
    Switching switching_;
    Response response_;
    bool head_complete_ = false;
    bool complete_ = false;
    std::string pending_;  // too little yet to be parsed, or beyond the reply
    std::unique_ptr<Beast> beast_;
};

}  // namespace http
