#include "http/http_probe.hpp"

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "http/tcp_probe.hpp"

namespace http {
namespace {

bool is_final(int status) { return status >= 200; }

std::string url_of(const ProbeTarget& target) {
    const bool is_v6 = target.host.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}{}{}",
                       target.kind == ProbeTarget::Kind::https ? "https" : "http", is_v6 ? "[" : "",
                       target.host, is_v6 ? "]" : "", target.port,
                       target.path.starts_with('/') ? "" : "/", target.path);
}

}  // namespace

HttpProbe::HttpProbe(const Curl& curl, const ProbeTarget& target)
    : curl_(curl), easy_(curl.make_easy()) {
    const auto set = [this](CURLoption option, auto value) {
        curl_.easy_setopt(easy_.get(), option, value);
    };
    set(CURLOPT_ERRORBUFFER, words_.data());
    set(CURLOPT_URL, url_of(target).c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_HTTPGET, 1L);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");  // whatever http_proxy says
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(target.timeout.count()));
    // A kept connection would answer for a program that takes no new ones.
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    // The question is whether it is ready, not who it is: a program inside a container has a
    // certificate of its own making or for another name than its address. Marathon did the same.
    set(CURLOPT_SSL_VERIFYPEER, 0L);
    set(CURLOPT_SSL_VERIFYHOST, 0L);

    using Callback = std::size_t (*)(char*, std::size_t, std::size_t, void*);
    // Taking less than came ends the transfer.
    const Callback head = [](char* line, std::size_t size, std::size_t count, void* self) {
        return static_cast<HttpProbe*>(self)->on_head_line({line, size * count});
    };
    set(CURLOPT_HEADERFUNCTION, head);
    set(CURLOPT_HEADERDATA, this);
    const Callback body = [](char*, std::size_t, std::size_t, void*) { return std::size_t{0}; };
    set(CURLOPT_WRITEFUNCTION, body);
}

int HttpProbe::status() const {
    long status = 0;
    curl_.easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
}

// The head ends with an empty line, and has said it all: a body may have no end.
std::size_t HttpProbe::on_head_line(std::string_view line) const {
    const bool is_empty = line == "\r\n" || line == "\n";
    return is_empty && is_final(status()) ? 0 : line.size();
}

ProbeResult HttpProbe::judge(CURLcode result) const {
    // Once there is a final status, the rest of the reply does not matter, nor whether it ends.
    const int status = this->status();
    if (is_final(status) && status < 400) {
        return Ready{status};
    }
    if (is_final(status)) {
        return tl::unexpected(
            ProbeFailure{ProbeFailure::Kind::bad_status, fmt::format("status {}", status), status});
    }
    const std::string words = words_.front() == '\0' ? curl_.easy_strerror(result) : words_.data();
    const auto failure = [&words](ProbeFailure::Kind kind) {
        return tl::unexpected(ProbeFailure{kind, words});
    };
    switch (result) {
        case CURLE_COULDNT_CONNECT: {
            long error = 0;
            curl_.easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &error);
            if (error == 0) {
                return failure(ProbeFailure::Kind::unreachable);
            }
            return tl::unexpected(connection_failure(static_cast<int>(error)));
        }
        case CURLE_OPERATION_TIMEDOUT: return failure(ProbeFailure::Kind::timed_out);
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR: return failure(ProbeFailure::Kind::closed);
        default: return failure(ProbeFailure::Kind::other);
    }
}

}  // namespace http
