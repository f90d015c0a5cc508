#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "engine/sent_call.hpp"

namespace engine {

// A stream between the transport and the one who asked for it. A reply of another status than 200
// is no stream: its body is collected, and is the error.
class OpenStream {
public:
    using Feed = std::function<std::optional<Error>(std::string_view bytes, const bool& open)>;

    OpenStream(SentCall sent, std::function<void()> on_open, Feed feed,
               std::function<void(std::optional<Error>)> on_end);

    void set_handle(StreamHandle handle) { handle_ = std::move(handle); }
    void close();  // nothing is called from now on

    // From the transport.
    void head(const http::Response& response);
    void data(std::string_view bytes);
    void end(const std::optional<http::Failure>& failure);

private:
    [[nodiscard]] bool accepted() const { return head_.status == 200; }
    void finish(std::optional<Error> error);

    SentCall sent_;
    std::function<void()> on_open_;
    Feed feed_;
    std::function<void(std::optional<Error>)> on_end_;
    StreamHandle handle_;
    http::Response head_;  // with the body, where it is an error; status 0: not come yet
    bool open_ = true;
};

}  // namespace engine
