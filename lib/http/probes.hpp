#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>

#include "base/reactor.hpp"
#include "http/http_probe.hpp"
#include "http/probe.hpp"
#include "http/tcp_probe.hpp"

namespace http {

// Asks programs, at their own addresses, whether they answer: TCP over sockets of its own, HTTP by
// libcurl. Callbacks run inside the reactor's `run_once` only and may start more.
class Probes {
public:
    using Done = std::function<void(ProbeResult)>;

    // The reactor must outlive it.
    explicit Probes(base::Reactor& reactor) : reactor_(reactor) {}
    Probes(const Probes&) = delete;
    Probes& operator=(const Probes&) = delete;
    ~Probes();  // forgets those in flight, without calling back

    void start(const ProbeTarget& target, Done done);

private:
    struct Tcp {
        Tcp(const ProbeTarget& target, Done when_done)
            : probe(target), done(std::move(when_done)) {}

        TcpProbe probe;
        Done done;
        base::Reactor::Watch watch;
        base::Reactor::Timer timer;
    };
    struct Http {
        std::unique_ptr<HttpProbe> probe;
        Done done;
    };

    void wait_for(std::list<Tcp>::iterator tcp);
    void look_at(std::list<Tcp>::iterator tcp);

    void start_http(const ProbeTarget& target, Done done);
    void set_up_curl();
    // Of libcurl: it tells what to wait for, and is told when that is there.
    void watch_for_curl(curl_socket_t socket, int what);
    void wake_curl_in(long milliseconds);
    void wake_curl(curl_socket_t socket, int events);
    Http take(CURL* easy);

    base::Reactor& reactor_;
    std::list<Tcp> tcp_;
    std::list<base::Reactor::Timer> failures_;  // of probes that could not begin
    std::optional<Curl> curl_;                  // once there is an HTTP probe
    std::map<curl_socket_t, base::Reactor::Watch> watches_;
    base::Reactor::Timer timer_;
    Curl::MultiHandle multi_{nullptr, nullptr};
    std::map<CURL*, Http> http_;
};

}  // namespace http
