#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/types.h>
#include <vector>

#include "faults/call_log.hpp"
#include "support/http_message.hpp"

namespace faults {

// A client's connection and the one to the engine that belongs to it.
class ProxyConnection {
public:
    ProxyConnection(int client, CallLog& log);
    ProxyConnection(const ProxyConnection&) = delete;
    ProxyConnection& operator=(const ProxyConnection&) = delete;
    ~ProxyConnection();

    // Adds the client's and the engine's descriptor, in this order; shortens the wait (in
    // milliseconds, -1: no limit) to what is due.
    void add_to(std::vector<pollfd>& waited, int& at_most) const;
    void serve(short client_events, short engine_events);
    [[nodiscard]] bool is_over() const { return client_ < 0; }

private:
    using Clock = std::chrono::steady_clock;

    void read_client();
    void read_engine();
    void take_requests();
    void begin_call();
    void end_request();
    void take_replies(std::string_view bytes);
    void pass_reply(std::string_view bytes);
    void end_reply();
    void engine_closed();
    void close_at_half();
    void flush();
    void kill_client() const;
    void close_all();

    [[nodiscard]] bool is_held() const { return held_until_ && Clock::now() < *held_until_; }
    // The engine hears of the current call.
    [[nodiscard]] bool is_passed_on() const;
    // The client hears of the engine's reply to it.
    [[nodiscard]] bool is_answered() const;
    [[nodiscard]] bool is_endless() const;  // a reply that does not end by itself

    CallLog& log_;
    int client_ = -1;
    int engine_ = -1;
    pid_t client_pid_ = -1;
    support::HttpMessage request_{support::HttpMessage::Kind::request};  // or the last one
    support::HttpMessage reply_{support::HttpMessage::Kind::reply};
    std::string from_client_;    // not looked at yet
    std::string not_passed_on_;  // of the request, before its head is whole
    std::string to_engine_;
    std::string to_client_;
    std::string kept_reply_;  // of which the client gets half
    std::size_t call_ = 0;
    Kind fault_ = Kind::none;  // of the current call
    std::optional<Clock::time_point> held_until_;
    bool streams_ = false;  // an endless reply
    bool closes_ = false;   // when all is written
};

}  // namespace faults
