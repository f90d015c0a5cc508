#pragma once

#include <array>
#include <cstddef>

#include "http/curl.hpp"
#include "http/probe.hpp"

namespace http {

// A GET whose body nobody reads, over an easy handle of its own.
class HttpProbe {
public:
    HttpProbe(const Curl& curl, const ProbeTarget& target);
    HttpProbe(const HttpProbe&) = delete;  // libcurl keeps its address
    HttpProbe& operator=(const HttpProbe&) = delete;

    [[nodiscard]] CURL* handle() const { return easy_.get(); }

    // What libcurl's `result` means.
    [[nodiscard]] ProbeResult judge(CURLcode result) const;

private:
    [[nodiscard]] std::size_t on_body(std::size_t bytes);

    const Curl& curl_;
    Curl::EasyHandle easy_;
    std::array<char, CURL_ERROR_SIZE> words_{};  // libcurl's, about a failure
    std::size_t body_bytes_ = 0;
};

}  // namespace http
