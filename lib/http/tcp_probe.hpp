#pragma once

#include <chrono>
#include <optional>
#include <poll.h>

#include "base/descriptor.hpp"
#include "http/probe.hpp"

namespace http {

[[nodiscard]] bool is_ip_address(const std::string& host);

// What an error of the system says about a connection.
[[nodiscard]] ProbeFailure connection_failure(int system_error);

// A connection that is made and then watched for a moment, for whoever waits on its descriptor. A
// host that is no address fails.
class TcpProbe {
public:
    using Clock = std::chrono::steady_clock;

    explicit TcpProbe(const ProbeTarget& target);

    // None while it is not known yet. Does not block.
    [[nodiscard]] std::optional<ProbeResult> look();

    // When to look again: once the descriptor shows the event, or at this time.
    [[nodiscard]] std::optional<pollfd> wait() const;
    [[nodiscard]] Clock::time_point due() const { return due_; }

private:
    void connect(const ProbeTarget& target);
    void fail(ProbeFailure failure);

    base::Descriptor socket_;
    bool connected_ = false;
    Clock::time_point due_;
    std::optional<ProbeResult> result_;
};

}  // namespace http
