#pragma once

#include <memory>
#include <string>

#include "http/transport.hpp"

namespace http {

// HTTP/1.1 over a Unix socket. Keeps connections for GETs, and makes no more than `most_gets` at a
// time; every other request has a connection of its own, because one that was kept may die before
// the reply, and then nobody knows whether the change was made. Half of the files that the process
// may open, as it was made, is the most in flight altogether. What is too many waits, and its time
// begins later.
class SocketTransport final : public Transport {
public:
    static constexpr std::size_t most_gets = 32;

    explicit SocketTransport(std::string socket_path);
    ~SocketTransport() override;

    void send(Request request, std::function<void(Reply)> done) override;
    [[nodiscard]] StreamHandle open(Request request, StreamEvents events) override;
    void probe(ProbeTarget target, std::function<void(ProbeResult)> done) override;
    void run_once(std::chrono::milliseconds at_most, std::span<const int> also) override;

private:
    struct Core;
    std::unique_ptr<Core> core_;
};

}  // namespace http
