#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "engine/client.hpp"

// A transport without a network: the script answers each request from a list, and the test plays
// the streams.
class FakeTransport final : public http::Transport {
public:
    // What the test keeps of the transport after it has given it away.
    struct Script {
        std::deque<http::Reply> replies;
        std::vector<http::Request> seen;
        std::vector<http::StreamEvents> streams;
        int streams_closed = 0;
        std::vector<std::function<void(http::UpgradeReply)>> upgrades;
        std::deque<std::function<void(http::Reply)>> waiting;

        // Gives one request its reply.
        void run_once() {
            const auto done = std::move(waiting.front());
            waiting.pop_front();
            auto reply = std::move(replies.front());
            replies.pop_front();
            done(std::move(reply));
        }

        // Client::connect, with the next reply.
        [[nodiscard]] engine::Result<engine::Client> connected(engine::Client client) {
            engine::Result<engine::Done> result;
            client.connect(
                [&result](engine::Result<engine::Done> got) { result = std::move(got); });
            run_once();
            return result.map([&](engine::Done) { return std::move(client); });
        }
        template <class T>
        [[nodiscard]] engine::Result<T> get(engine::Client& client, engine::Call<T> call) {
            std::optional<engine::Result<T>> result;
            client.send(std::move(call), [&](engine::Result<T> got) { result = std::move(got); });
            run_once();
            return std::move(*result);
        }
    };

    explicit FakeTransport(std::shared_ptr<Script> script) : script_(std::move(script)) {}

    void send(http::Request request, std::function<void(http::Reply)> done) override {
        script_->seen.push_back(std::move(request));
        script_->waiting.push_back(std::move(done));
    }

    [[nodiscard]] http::StreamHandle open(http::Request request,
                                          http::StreamEvents events) override {
        script_->seen.push_back(std::move(request));
        script_->streams.push_back(std::move(events));
        return http::StreamHandle([script = script_] { ++script->streams_closed; });
    }

    void upgrade(http::Request request, std::function<void(http::UpgradeReply)> done) override {
        script_->seen.push_back(std::move(request));
        script_->upgrades.push_back(std::move(done));
    }

private:
    std::shared_ptr<Script> script_;
};
