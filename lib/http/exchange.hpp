#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "http/reply_parser.hpp"
#include "http/socket.hpp"
#include "http/transport.hpp"

namespace http {

// One request, what has come of its reply, and whom to tell of it. `advance` only collects; `tell`
// hands out what came, so that whoever gets it may use the transport freely.
class Exchange {
public:
    using Clock = std::chrono::steady_clock;
    using OnReply = std::function<void(Reply)>;

    Exchange(Request request, OnReply done);
    Exchange(Request request, StreamEvents events);

    [[nodiscard]] bool is_get() const { return request_.method == Method::get; }
    [[nodiscard]] bool is_stream() const { return std::holds_alternative<StreamEvents>(tell_); }
    // Its connection may be one that was kept.
    [[nodiscard]] bool may_share() const { return is_get() && !is_stream(); }

    // Over a connection; its time begins here. kept: others used it before.
    enum class Connection { fresh, kept };
    void begin(Socket socket, Connection connection);
    void begin(std::string socket_path);
    // Does what can be done without waiting.
    void advance();

    // What to wait for (-1: nothing, it has no connection yet), and until when.
    [[nodiscard]] int descriptor() const { return socket_.descriptor(); }
    [[nodiscard]] bool wants_to_write() const { return written_ < text_.size(); }
    [[nodiscard]] Clock::time_point due() const;
    [[nodiscard]] bool ended() const { return ended_; }

    // The kept connection died before a byte of the reply: nothing was lost but the connection.
    [[nodiscard]] bool wants_another_connection() const { return stale_ && !ended_; }

    void tell();
    void drop() { dropped_ = true; }  // tells nothing more
    [[nodiscard]] bool dropped() const { return dropped_; }

    // The connection, where it can be used again.
    [[nodiscard]] std::optional<Socket> take_connection();

private:
    [[nodiscard]] bool is_connected() const { return descriptor() >= 0; }
    void begin_time();
    void connect();
    void write_some();
    void read_some();
    void end(std::optional<Failure> failure);
    void lose_connection(Failure failure);

    Request request_;
    std::variant<OnReply, StreamEvents> tell_;
    ReplyParser parser_;
    std::string text_;  // of the request
    std::size_t written_ = 0;
    std::string socket_path_;
    Socket socket_;
    Connection connection_ = Connection::fresh;
    Clock::time_point deadline_ = Clock::time_point::max();
    Clock::time_point connect_deadline_;
    Clock::time_point next_attempt_;  // to connect
    bool any_reply_ = false;
    bool stale_ = false;
    bool ended_ = false;
    std::optional<Failure> failure_;
    bool head_told_ = false;
    bool dropped_ = false;
};

}  // namespace http
