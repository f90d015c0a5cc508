#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "engine/client.hpp"

namespace engine {

// A call on its way: what it takes to trace its end and to name it in an error.
class SentCall {
public:
    SentCall(const http::Request& request, std::string address,
             std::function<void(const Trace&)> trace);

    void trace_end(int status) const;  // 0: no reply

    // The reply, unless the connection failed or the engine refused our version.
    [[nodiscard]] Result<http::Response> judge(http::Reply reply) const;

private:
    http::Request request_;  // without what it carries
    std::string address_;
    std::function<void(const Trace&)> trace_;
    std::chrono::steady_clock::time_point sent_at_ = std::chrono::steady_clock::now();
};

}  // namespace engine
