#include "engine/sent_call.hpp"

#include <utility>

#include "engine/failure.hpp"

namespace engine {

SentCall::SentCall(const http::Request& request, std::string address,
                   std::function<void(const Trace&)> trace)
    : request_{.method = request.method, .target = request.target},
      address_(std::move(address)),
      trace_(std::move(trace)) {}

void SentCall::trace_end(int status) const {
    if (trace_) {
        const auto took = std::chrono::steady_clock::now() - sent_at_;
        trace_({std::string(http::to_string(request_.method)), request_.target, status,
                std::chrono::duration_cast<std::chrono::microseconds>(took)});
    }
}

Result<http::Response> SentCall::judge(http::Reply reply) const {
    if (!reply) {
        return tl::unexpected(to_error(reply.error(), request_, address_));
    }
    if (auto mismatch = version_refused(*reply, address_)) {
        return tl::unexpected(Error(std::move(*mismatch)));
    }
    return std::move(*reply);
}

}  // namespace engine
