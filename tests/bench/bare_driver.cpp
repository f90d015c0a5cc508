// The least that it takes to make the engine calls that pivot makes: the yardstick of
// scripts/bench.
//
//   bench-bare SOCKET SCRIPT
//
// Makes the calls of a script (bare_script.hpp) as soon as those before them have ended, the first
// in the file first, and ends with the last of them. Fails at a status of 400 or more.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <unistd.h>

#include "bench/bare_script.hpp"
#include "support/http_message.hpp"
#include "support/unix_socket.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
    int descriptor = -1;
    std::size_t call = 0;
    support::HttpMessage reply{support::HttpMessage::Kind::reply};
};

class Driver {
public:
    Driver(std::string socket_path, std::vector<BareCall> calls)
        : socket_path_(std::move(socket_path)),
          calls_(std::move(calls)),
          states_(calls_.size()),
          dependents_(calls_.size()),
          ids_(calls_.size()) {
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            states_[i].missing = calls_[i].after.size();
            for (const std::size_t before : calls_[i].after) {
                dependents_[before].push_back(i);
            }
            if (states_[i].missing == 0) {
                ready(i);
            }
        }
    }

    bool run() {
        while (ended_ < calls_.size()) {
            begin_what_may();
            if (failed_) {
                return false;
            }
            if (ended_ < calls_.size() && !wait()) {
                return false;
            }
        }
        return true;
    }

private:
    struct State {
        std::size_t missing = 0;
        Clock::time_point due{};
    };

    void ready(std::size_t call) {
        if (calls_[call].delay_ms > 0) {
            states_[call].due = Clock::now() + std::chrono::milliseconds(calls_[call].delay_ms);
        }
        waiting_.insert(std::upper_bound(waiting_.begin(), waiting_.end(), call), call);
    }

    void begin_what_may() {
        const auto now = Clock::now();
        for (std::size_t i = 0; i < waiting_.size() && !failed_;) {
            const std::size_t call = waiting_[i];
            const auto lane = calls_[call].lane;
            auto& busy = busy_[static_cast<std::size_t>(lane)];
            if (states_[call].due > now || (lane != BareCall::Lane::none && busy >= lane_width)) {
                ++i;
                continue;
            }
            waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(i));
            ++busy;
            begin(call);
            i = 0;  // an event that is there already may have made others ready
        }
    }

    void begin(std::size_t index) {
        const BareCall& call = calls_[index];
        if (call.kind == BareCall::Kind::await) {
            awaited_.push_back(index);
            look_for_events();
            return;
        }
        if (call.kind == BareCall::Kind::join) {
            end(index);
            return;
        }
        int descriptor = -1;
        if (idle_.empty()) {
            descriptor = support::connect_to(socket_path_);
        } else {
            descriptor = idle_.back();
            idle_.pop_back();
        }
        std::string request = call.method + " " + filled(call.target) + " HTTP/1.1\r\nHost: x\r\n";
        if (call.method != "GET") {
            request += "Content-Type: application/json\r\nContent-Length: " +
                       std::to_string(call.body.size()) + "\r\n";
        }
        request += "\r\n" + call.body;
        if (!support::write_all(descriptor, request)) {
            std::perror("bench-bare: write");
            failed_ = true;
            return;
        }
        connections_.push_back({descriptor, index});
    }

    [[nodiscard]] std::string filled(const std::string& target) const {
        const std::size_t open = target.find('{');
        if (open == std::string::npos) {
            return target;
        }
        const std::size_t close = target.find('}', open);
        return target.substr(0, open) + ids_[std::stoul(target.substr(open + 1))] +
               target.substr(close + 1);
    }

    void end(std::size_t call) {
        ++ended_;
        --busy_[static_cast<std::size_t>(calls_[call].lane)];
        for (const std::size_t dependent : dependents_[call]) {
            if (--states_[dependent].missing == 0) {
                ready(dependent);
            }
        }
    }

    [[nodiscard]] int milliseconds_to_the_next() const {
        auto next = Clock::time_point::max();
        for (const std::size_t call : waiting_) {
            if (states_[call].due > Clock::now()) {
                next = std::min(next, states_[call].due);
            }
        }
        if (next == Clock::time_point::max()) {
            return 60'000;
        }
        return static_cast<int>(
            std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count());
    }

    bool wait() {
        std::vector<pollfd> polled;
        for (const Connection& connection : connections_) {
            polled.push_back({connection.descriptor, POLLIN, 0});
        }
        const int timeout = milliseconds_to_the_next();
        if (poll(polled.data(), polled.size(), timeout) == 0 && timeout == 60'000) {
            std::fprintf(stderr, "bench-bare: nothing happens\n");
            return false;
        }
        for (std::size_t i = polled.size(); i > 0; --i) {  // `receive` takes ended ones out
            if (polled[i - 1].revents != 0 && !receive(i - 1)) {
                return false;
            }
        }
        return true;
    }

    bool receive(std::size_t index) {
        static char buffer[65536];
        const ssize_t count = read(connections_[index].descriptor, buffer, sizeof(buffer));
        Connection& connection = connections_[index];
        const BareCall& call = calls_[connection.call];
        if (count == 0) {
            connection.reply.end();
        }
        if (count <= 0 && !connection.reply.complete()) {
            std::fprintf(stderr, "bench-bare: %s %s: the engine hung up\n", call.method.c_str(),
                         call.target.c_str());
            return false;
        }
        const bool had_head = connection.reply.head_complete();
        if (count > 0) {
            connection.reply.take({buffer, static_cast<std::size_t>(count)});
        }
        if (!connection.reply.head_complete()) {
            return true;
        }
        if (connection.reply.status() >= 400) {
            std::fprintf(stderr, "bench-bare: %s %s: %d %s\n", call.method.c_str(),
                         call.target.c_str(), connection.reply.status(),
                         connection.reply.body().c_str());
            return false;
        }
        if (call.kind == BareCall::Kind::stream) {
            events_ = connection.reply.body();
            if (!had_head) {
                end(connection.call);
            }
            look_for_events();
            return true;
        }
        if (connection.reply.complete()) {
            ids_[connection.call] = id_in(connection.reply.body());
            (connection.reply.closes() ? static_cast<void>(close(connection.descriptor))
                                       : idle_.push_back(connection.descriptor));
            const std::size_t ended = connection.call;
            connections_.erase(connections_.begin() + static_cast<std::ptrdiff_t>(index));
            end(ended);
        }
        return true;
    }

    void look_for_events() {
        std::erase_if(awaited_, [this](std::size_t call) {
            if (!has_event(calls_[call].body)) {
                return false;
            }
            end(call);
            return true;
        });
    }

    // Is there an event, which is a line, with all of these texts?
    [[nodiscard]] bool has_event(const std::string& texts) const {
        if (texts.empty()) {
            return true;
        }
        for (std::size_t begin = 0; begin < events_.size();) {
            const std::size_t end = std::min(events_.find('\n', begin), events_.size());
            const std::string_view event = std::string_view(events_).substr(begin, end - begin);
            bool all = true;
            for (std::size_t at = 0; at < texts.size();) {
                const std::size_t stop = std::min(texts.find('\n', at), texts.size());
                all = all && event.find(texts.substr(at, stop - at)) != std::string_view::npos;
                at = stop + 1;
            }
            if (all) {
                return true;
            }
            begin = end + 1;
        }
        return false;
    }

    std::string socket_path_;
    std::vector<BareCall> calls_;
    std::vector<State> states_;
    std::vector<std::vector<std::size_t>> dependents_;
    std::vector<std::string> ids_;
    std::vector<std::size_t> waiting_;  // ready but for a delay or a full lane, in order
    std::vector<std::size_t> awaited_;
    std::vector<Connection> connections_;
    std::vector<int> idle_;
    std::string events_;
    std::size_t busy_[4] = {};
    std::size_t ended_ = 0;
    bool failed_ = false;
};

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench-bare SOCKET SCRIPT\n");
        return 2;
    }
    std::ifstream file(argv[2], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto calls = bench::parse_bare_script(text);
    if (!calls) {
        std::fprintf(stderr, "bench-bare: %s is no script\n", argv[2]);
        return 2;
    }
    return bench::Driver(argv[1], std::move(*calls)).run() ? 0 : 1;
}
