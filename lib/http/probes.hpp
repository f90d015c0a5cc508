#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <poll.h>
#include <vector>

#include "http/http_probe.hpp"
#include "http/probe.hpp"
#include "http/tcp_probe.hpp"

namespace http {

// The probes in flight beside the calls of a transport: TCP over sockets of their own, HTTP by
// libcurl. Callbacks run inside `tell` only and may start more.
class Probes {
public:
    using Done = std::function<void(ProbeResult)>;

    Probes() = default;
    Probes(const Probes&) = delete;
    Probes& operator=(const Probes&) = delete;
    ~Probes();  // forgets them, without calling back

    void start(const ProbeTarget& target, Done done);

    // Waits until one of `waits` shows what it waits for, a probe has news, or the time is over.
    void wait(std::vector<pollfd>& waits, std::chrono::milliseconds at_most);
    void tell();

private:
    struct Tcp {
        std::unique_ptr<TcpProbe> probe;
        Done done;
    };
    struct Http {
        std::unique_ptr<HttpProbe> probe;
        Done done;
    };
    // What is told without having been asked.
    struct Known {
        Done done;
        ProbeResult result;
    };

    void start_http(const ProbeTarget& target, Done done);
    [[nodiscard]] int milliseconds(std::chrono::milliseconds at_most) const;
    void collect_tcp();
    void collect_http();
    Http take(CURL* easy);

    std::vector<Tcp> tcp_;
    std::optional<Curl> curl_;  // once there is an HTTP probe
    Curl::MultiHandle multi_{nullptr, nullptr};
    std::map<CURL*, Http> http_;
    std::vector<Known> known_;
};

}  // namespace http
