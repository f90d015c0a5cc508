#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "http/curl_handles.hpp"
#include "http/probe.hpp"
#include "http/tcp_probe.hpp"

namespace http {

// A GET whose body nobody reads, over an easy handle of its own.
class HttpProbe {
public:
    explicit HttpProbe(const ProbeTarget& target);
    HttpProbe(const HttpProbe&) = delete;  // libcurl keeps its address
    HttpProbe& operator=(const HttpProbe&) = delete;

    [[nodiscard]] CURL* handle() const { return easy_.get(); }

    // What libcurl's `result` means.
    [[nodiscard]] ProbeResult judge(CURLcode result) const;

private:
    [[nodiscard]] std::size_t on_body(std::size_t bytes);

    EasyHandle easy_;
    std::array<char, CURL_ERROR_SIZE> words_{};  // libcurl's, about a failure
    std::size_t body_bytes_ = 0;
};

// The probes in flight beside the calls of a transport: HTTP over its multi handle, TCP over
// sockets that it waits on as well. Callbacks run inside `finish` and `tell` only and may start
// more.
class CurlProbes {
public:
    using Done = std::function<void(ProbeResult)>;

    explicit CurlProbes(CURLM* multi) : multi_(multi) {}
    CurlProbes(const CurlProbes&) = delete;
    CurlProbes& operator=(const CurlProbes&) = delete;
    ~CurlProbes();  // forgets them, without calling back

    void start(const ProbeTarget& target, Done done);

    // What to wait for, and how long at most.
    void add_waits(std::vector<curl_waitfd>& waits) const;
    [[nodiscard]] std::chrono::milliseconds wait_at_most(std::chrono::milliseconds time) const;

    // A transfer has ended. False: it is no probe.
    bool finish(CURL* easy, CURLcode result);
    void tell();                   // those that do without libcurl
    void fail_all(CURLMcode why);  // libcurl itself gave up

private:
    struct Http {
        std::unique_ptr<HttpProbe> probe;
        Done done;
    };
    struct Tcp {
        std::unique_ptr<TcpProbe> probe;
        Done done;
    };

    Http take(CURL* easy);

    CURLM* multi_;
    std::unordered_map<CURL*, Http> http_;
    std::vector<Tcp> tcp_;
};

}  // namespace http
