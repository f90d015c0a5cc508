#include "http/exchange.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace http {
namespace {

constexpr std::chrono::seconds longest_wait_for_connection{10};

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

}  // namespace

Exchange::Exchange(Request request, OnReply done)
    : request_(std::move(request)),
      callbacks_(std::move(done)),
      parser_(request_.max_reply),
      text_(text_of(request_)) {}

Exchange::Exchange(Request request, StreamEvents events)
    : request_(std::move(request)),
      callbacks_(std::move(events)),
      parser_(ReplyParser::no_limit),
      text_(text_of(request_)) {}

Exchange::Exchange(Request request, OnUpgrade done)
    : request_(std::move(request)),
      callbacks_(std::move(done)),
      parser_(request_.max_reply, ReplyParser::Switching::ends_the_reply),
      text_(text_of(request_)) {}

void Exchange::begin(Connector& connector) {
    begin_time();
    connection_ =
        connector.connect(std::min(deadline_, Clock::now() + longest_wait_for_connection));
    is_kept_ = false;
    stale_ = false;
    written_ = 0;
    write_some();
}

void Exchange::begin_over_kept(std::unique_ptr<Connection> connection) {
    begin_time();
    connection_ = std::move(connection);
    is_kept_ = true;
    write_some();
}

void Exchange::begin_time() {
    if (request_.timeout && deadline_ == Clock::time_point::max()) {
        deadline_ = Clock::now() + *request_.timeout;
    }
}

Connection::Wait Exchange::wait() const {
    if (ended_) {
        return {.until = Clock::time_point::min()};
    }
    Connection::Wait wait = connection_->wait(wants_to_write() ? Connection::Wanted::read_and_write
                                                               : Connection::Wanted::read);
    wait.until = std::min(wait.until, deadline_);
    return wait;
}

void Exchange::advance() {
    write_some();
    read_some();
    const bool is_open_stream = std::holds_alternative<StreamEvents>(callbacks_) &&
                                parser_.head_complete() && parser_.response().status / 100 == 2;
    if (is_open_stream) {
        deadline_ = Clock::time_point::max();
    }
    if (!ended_ && Clock::now() >= deadline_) {
        end(Failure{Failure::Kind::timed_out,
                    fmt::format("no reply within {} ms", request_.timeout->count())});
    }
}

void Exchange::write_some() {
    while (!ended_ && wants_to_write()) {
        auto count = connection_->write(std::string_view(text_).substr(written_));
        if (!count) {
            end(std::move(count.error()));
        } else if (*count == 0) {
            return;
        } else {
            written_ += *count;
        }
    }
}

void Exchange::read_some() {
    std::array<char, 64 * 1024> bytes;  // not set: only what was read of it is looked at
    // An endless body must not keep the others waiting.
    for (int rounds = 0; rounds < 16 && !ended_ && !stale_; ++rounds) {
        auto count = connection_->read(bytes);
        if (!count) {
            lose_connection(std::move(count.error()));
        } else if (!*count) {
            return;
        } else if (**count > 0) {
            any_reply_ = true;
            if (auto failure = parser_.feed({bytes.data(), **count})) {
                end(std::move(failure));
            } else if (parser_.complete()) {
                end(std::nullopt);
            }
        } else if (auto failure = parser_.feed_end()) {
            lose_connection(std::move(*failure));
        } else {
            end(std::nullopt);
        }
    }
}

void Exchange::lose_connection(Failure failure) {
    if (is_kept_ && !any_reply_) {
        stale_ = true;
    } else {
        end(std::move(failure));
    }
}

void Exchange::end(std::optional<Failure> failure) {
    ended_ = true;
    failure_ = std::move(failure);
}

void Exchange::call_back() {
    if (!dropped_) {
        std::visit([this](auto& callbacks) { call_back(callbacks); }, callbacks_);
    }
}

void Exchange::call_back(StreamEvents& events) {
    const std::string bytes = parser_.take_body();
    if (parser_.head_complete() && !head_handed_out_) {
        head_handed_out_ = true;
        events.on_head(parser_.response());
    }
    if (!bytes.empty() && !dropped_) {
        events.on_data(bytes);
    }
    if (ended_ && !dropped_) {
        events.on_end(std::move(failure_));
    }
}

void Exchange::call_back(OnReply& done) {
    if (ended_) {
        failure_ ? done(tl::unexpected(std::move(*failure_))) : done(parser_.take_response());
    }
}

void Exchange::call_back(OnUpgrade& done) {
    if (!ended_) {
        return;
    }
    if (failure_) {
        done(tl::unexpected(std::move(*failure_)));
        return;
    }
    Upgrade upgrade;
    upgrade.response = parser_.take_response();
    if (upgrade.response.status / 100 == 1) {
        upgrade.connection = std::move(connection_);
        upgrade.already_read = parser_.take_rest();
    }
    done(std::move(upgrade));
}

std::unique_ptr<Connection> Exchange::take_connection() {
    if (!ended_ || failure_ || !may_share() || !parser_.leaves_connection_open()) {
        return nullptr;
    }
    return std::move(connection_);
}

}  // namespace http
