#pragma once

#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "http/transport.hpp"

// A transport without a network: answers each request from a list, in `run_once`, and leaves its
// streams and probes to the test.
class FakeTransport final : public http::Transport {
public:
    // What the test keeps of the transport after it has given it away.
    struct Script {
        std::deque<http::Reply> replies;
        std::vector<http::Request> seen;
        std::vector<http::StreamEvents> streams;
        int streams_closed = 0;
        std::vector<std::pair<http::ProbeTarget, std::function<void(http::ProbeResult)>>> probes;
    };

    explicit FakeTransport(std::shared_ptr<Script> script) : script_(std::move(script)) {}

    void send(http::Request request, std::function<void(http::Reply)> done) override {
        script_->seen.push_back(std::move(request));
        waiting_.push_back(std::move(done));
    }

    [[nodiscard]] http::StreamHandle open(http::Request request,
                                          http::StreamEvents events) override {
        script_->seen.push_back(std::move(request));
        script_->streams.push_back(std::move(events));
        return http::StreamHandle([script = script_] { ++script->streams_closed; });
    }

    void probe(http::ProbeTarget target, std::function<void(http::ProbeResult)> done) override {
        script_->probes.emplace_back(std::move(target), std::move(done));
    }

    void run_once(std::chrono::milliseconds, std::span<const int>) override {
        const auto done = std::move(waiting_.front());
        waiting_.pop_front();
        auto reply = std::move(script_->replies.front());
        script_->replies.pop_front();
        done(std::move(reply));
    }

private:
    std::shared_ptr<Script> script_;
    std::deque<std::function<void(http::Reply)>> waiting_;
};
