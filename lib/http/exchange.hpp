#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "http/connection.hpp"
#include "http/reply_parser.hpp"
#include "http/transport.hpp"

namespace http {

// One request, what has come of its reply, and whom to call with it. `advance` only collects;
// `call_back` hands out what came, so that whoever gets it may use the transport freely.
class Exchange {
public:
    using Clock = Connection::Clock;
    using OnReply = std::function<void(Reply)>;
    using OnUpgrade = std::function<void(UpgradeReply)>;

    Exchange(Request request, OnReply done);
    Exchange(Request request, StreamEvents events);
    Exchange(Request request, OnUpgrade done);

    // Its connection may be one that was kept.
    [[nodiscard]] bool may_share() const {
        return request_.method == Method::get && std::holds_alternative<OnReply>(callbacks_);
    }

    // Over a new connection, or one that others used before; its time begins here.
    void begin(Connector& connector);
    void begin_over_kept(std::unique_ptr<Connection> connection);
    // Does what can be done without waiting.
    void advance();

    [[nodiscard]] Connection::Wait wait() const;
    [[nodiscard]] bool ended() const { return ended_; }

    // The kept connection died before a byte of the reply: nothing was lost but the connection.
    [[nodiscard]] bool wants_another_connection() const { return stale_ && !ended_; }

    void call_back();
    void drop() { dropped_ = true; }  // from now on it calls nobody
    [[nodiscard]] bool dropped() const { return dropped_; }

    // The connection, where it can be used again; else null.
    [[nodiscard]] std::unique_ptr<Connection> take_connection();

private:
    [[nodiscard]] bool wants_to_write() const { return written_ < text_.size(); }
    void begin_time();
    void write_some();
    void read_some();
    void end(std::optional<Failure> failure);
    void lose_connection(Failure failure);
    void call_back(StreamEvents& events);
    void call_back(OnReply& done);
    void call_back(OnUpgrade& done);

    Request request_;
    std::variant<OnReply, StreamEvents, OnUpgrade> callbacks_;
    ReplyParser parser_;
    std::string text_;  // of the request
    std::size_t written_ = 0;
    std::unique_ptr<Connection> connection_;
    bool is_kept_ = false;  // the connection, from an exchange before
    Clock::time_point deadline_ = Clock::time_point::max();
    bool any_reply_ = false;
    bool stale_ = false;
    bool ended_ = false;
    std::optional<Failure> failure_;
    bool head_handed_out_ = false;
    bool dropped_ = false;
};

}  // namespace http
