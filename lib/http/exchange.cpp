#include "http/exchange.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace http {
namespace {

constexpr std::chrono::seconds longest_wait_for_connection{10};
constexpr std::chrono::milliseconds between_attempts{10};

std::string text_of(const Request& request) {
    std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n",
                                   to_string(request.method), request.target);
    for (const Header& header : request.headers) {
        text += fmt::format("{}: {}\r\n", header.name, header.value);
    }
    if (request.method != Method::get) {
        text += fmt::format("Content-Length: {}\r\n", request.body.size());
    }
    return text + "\r\n" + request.body;
}

Failure broken(int system_error) {
    return {Failure::Kind::broken, std::generic_category().message(system_error)};
}

}  // namespace

Exchange::Exchange(Request request, OnReply done)
    : request_(std::move(request)),
      tell_(std::move(done)),
      parser_(request_.max_reply),
      text_(text_of(request_)) {}

Exchange::Exchange(Request request, StreamEvents events)
    : request_(std::move(request)),
      tell_(std::move(events)),
      parser_(ReplyParser::no_limit),
      text_(text_of(request_)) {}

void Exchange::begin(Socket socket, Connection connection) {
    socket_ = std::move(socket);
    connection_ = connection;
    written_ = 0;
    begin_time();
    write_some();
}

void Exchange::begin(std::string socket_path) {
    socket_path_ = std::move(socket_path);
    socket_ = {};
    stale_ = false;
    begin_time();
    connect_deadline_ = std::min(deadline_, Clock::now() + longest_wait_for_connection);
    connect();
}

void Exchange::begin_time() {
    if (request_.timeout && deadline_ == Clock::time_point::max()) {
        deadline_ = Clock::now() + *request_.timeout;
    }
}

void Exchange::connect() {
    auto made = Socket::connect(socket_path_);
    const auto now = Clock::now();
    if (!made) {
        end(std::move(made.error()));
    } else if (made->has_value()) {
        begin(std::move(**made), Connection::fresh);
    } else if (now >= connect_deadline_) {
        end(Failure{Failure::Kind::unreachable, "no connection in time"});
    } else {
        next_attempt_ = std::min(now + between_attempts, connect_deadline_);
    }
}

Exchange::Clock::time_point Exchange::due() const {
    if (ended_) {
        return Clock::time_point::min();
    }
    return is_connected() ? deadline_ : next_attempt_;
}

void Exchange::advance() {
    if (!is_connected()) {
        connect();
        return;
    }
    write_some();
    read_some();
    if (is_stream() && parser_.head_complete() && parser_.response().status / 100 == 2) {
        deadline_ = Clock::time_point::max();
    }
    if (!ended_ && Clock::now() >= deadline_) {
        end(Failure{Failure::Kind::timed_out,
                    fmt::format("no reply within {} ms", request_.timeout->count())});
    }
}

// A peer that reads no more may have answered all the same: what it said is read before that
// counts.
void Exchange::write_some() {
    while (!ended_ && wants_to_write()) {
        const ssize_t count =
            ::send(descriptor(), text_.data() + written_, text_.size() - written_, MSG_NOSIGNAL);
        if (count >= 0) {
            written_ += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN) {
            return;
        } else if (errno != EINTR) {
            written_ = text_.size();
        }
    }
}

void Exchange::read_some() {
    std::array<char, 64 * 1024> bytes;  // not set: only what was read of it is looked at
    // An endless body must not keep the others waiting.
    for (int rounds = 0; rounds < 16 && !ended_ && !stale_; ++rounds) {
        const ssize_t count = ::recv(descriptor(), bytes.data(), bytes.size(), 0);
        if (count > 0) {
            any_reply_ = true;
            if (auto failure = parser_.feed({bytes.data(), static_cast<std::size_t>(count)})) {
                end(std::move(failure));
            } else if (parser_.complete()) {
                end(std::nullopt);
            }
        } else if (count == 0) {
            if (auto failure = parser_.feed_end()) {
                lose_connection(std::move(*failure));
            } else {
                end(std::nullopt);
            }
        } else if (errno == EAGAIN) {
            return;
        } else if (errno != EINTR) {
            lose_connection(broken(errno));
        }
    }
}

void Exchange::lose_connection(Failure failure) {
    if (connection_ == Connection::kept && !any_reply_) {
        stale_ = true;
    } else {
        end(std::move(failure));
    }
}

void Exchange::end(std::optional<Failure> failure) {
    ended_ = true;
    failure_ = std::move(failure);
}

void Exchange::tell() {
    if (const auto* const events = std::get_if<StreamEvents>(&tell_)) {
        const std::string bytes = parser_.take_body();
        if (parser_.head_complete() && !head_told_ && !dropped_) {
            head_told_ = true;
            events->on_head(parser_.response());
        }
        if (!bytes.empty() && !dropped_) {
            events->on_data(bytes);
        }
        if (ended_ && !dropped_) {
            events->on_end(std::move(failure_));
        }
    } else if (ended_ && !dropped_) {
        const auto& done = std::get<OnReply>(tell_);
        failure_ ? done(tl::unexpected(std::move(*failure_))) : done(parser_.take_response());
    }
}

std::optional<Socket> Exchange::take_connection() {
    if (!ended_ || failure_ || !may_share() || !parser_.leaves_connection_open()) {
        return std::nullopt;
    }
    return std::move(socket_);
}

}  // namespace http
