#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "http/curl.hpp"
#include "http/probe.hpp"

namespace http {

// A GET of which the head alone is read, over an easy handle of its own.
class HttpProbe {
public:
    HttpProbe(const Curl& curl, const ProbeTarget& target);
    HttpProbe(const HttpProbe&) = delete;  // libcurl keeps its address
    HttpProbe& operator=(const HttpProbe&) = delete;

    [[nodiscard]] CURL* handle() const { return easy_.get(); }

    // What libcurl's `result` means.
    [[nodiscard]] ProbeResult judge(CURLcode result) const;

private:
    [[nodiscard]] int status() const;  // 0: none came
    [[nodiscard]] std::size_t on_head_line(std::string_view line) const;

    const Curl& curl_;
    Curl::EasyHandle easy_;
    std::array<char, CURL_ERROR_SIZE> words_{};  // libcurl's, about a failure
};

}  // namespace http
