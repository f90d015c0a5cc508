#pragma once

#include <memory>
#include <string>

#include "http/transport.hpp"

namespace http {

// Over a Unix socket, with libcurl's multi interface. Keeps connections for GETs; every other
// request has one of its own.
class CurlTransport final : public Transport {
public:
    explicit CurlTransport(std::string socket_path);
    ~CurlTransport() override;

    void send(Request request, std::function<void(Reply)> done) override;
    [[nodiscard]] StreamHandle open(Request request, StreamEvents events) override;
    void probe(ProbeTarget target, std::function<void(ProbeResult)> done) override;
    void run_once(std::chrono::milliseconds at_most, std::span<const int> also) override;

private:
    struct Core;
    std::unique_ptr<Core> core_;
};

}  // namespace http
