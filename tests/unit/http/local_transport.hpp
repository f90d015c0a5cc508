#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "base/reactor.hpp"
#include "http/probes.hpp"
#include "http/socket_transport.hpp"
#include "http/unix_connector.hpp"

// A transport to a Unix socket, and probes, with the reactor that both wait in.
class LocalTransport {
public:
    explicit LocalTransport(const std::string& path)
        : transport_(reactor_, std::make_unique<http::UnixConnector>(path)), probes_(reactor_) {}

    void send(http::Request request, std::function<void(http::Reply)> done) {
        transport_.send(std::move(request), std::move(done));
    }
    [[nodiscard]] http::StreamHandle open(http::Request request, http::StreamEvents events) {
        return transport_.open(std::move(request), std::move(events));
    }
    void upgrade(http::Request request, std::function<void(http::UpgradeReply)> done) {
        transport_.upgrade(std::move(request), std::move(done));
    }
    void probe(const http::ProbeTarget& target, std::function<void(http::ProbeResult)> done) {
        probes_.start(target, std::move(done));
    }

    [[nodiscard]] base::Reactor& reactor() { return reactor_; }
    void run_once(std::chrono::milliseconds at_most) {
        reactor_.run_once(base::Reactor::Clock::now() + at_most);
    }

private:
    base::Reactor reactor_;
    http::SocketTransport transport_;
    http::Probes probes_;
};

// Runs the transport until `holds`, for 20 seconds at most.
template <class Condition>
bool eventually(LocalTransport& transport, const Condition& holds) {
    const auto deadline = base::Reactor::Clock::now() + std::chrono::seconds(20);
    while (!holds()) {
        if (base::Reactor::Clock::now() > deadline) {
            return false;
        }
        transport.run_once(std::chrono::seconds(1));
    }
    return true;
}
