#pragma once

#include <memory>

#include "base/reactor.hpp"
#include "http/connection.hpp"
#include "http/transport.hpp"

namespace http {

// HTTP/1.1 over the connections of a connector. Keeps connections for GETs, and makes no more than
// `most_gets` at a time; every other request has a connection of its own, because one that was kept
// may die before the reply, and then nobody knows whether the change was made. Half of the files
// that the process may open, as it was made, is the most in flight altogether. What is too many
// waits, and its time begins later.
class SocketTransport final : public Transport {
public:
    static constexpr std::size_t most_gets = 32;

    // The reactor must outlive it.
    SocketTransport(base::Reactor& reactor, std::unique_ptr<Connector> connector);
    ~SocketTransport() override;

    void send(Request request, std::function<void(Reply)> done) override;
    [[nodiscard]] StreamHandle open(Request request, StreamEvents events) override;
    void upgrade(Request request, std::function<void(UpgradeReply)> done) override;

private:
    struct Core;
    std::unique_ptr<Core> core_;
};

}  // namespace http
