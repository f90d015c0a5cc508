#include "http/curl_probe.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace http {
namespace {

// Enough to let most programs finish what they say; the status has said it all.
constexpr std::size_t enough_body = 16 * 1024;

std::string url_of(const ProbeTarget& target) {
    const bool is_v6 = target.host.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}{}{}",
                       target.kind == ProbeTarget::Kind::https ? "https" : "http", is_v6 ? "[" : "",
                       target.host, is_v6 ? "]" : "", target.port,
                       target.path.starts_with('/') ? "" : "/", target.path);
}

}  // namespace

HttpProbe::HttpProbe(const ProbeTarget& target) : easy_(make_easy()) {
    auto* const easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words_.data());
    curl_easy_setopt(easy, CURLOPT_URL, url_of(target).c_str());
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // whatever http_proxy says
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(target.timeout.count()));
    // A kept connection would answer for a program that takes no new ones.
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    // The question is whether it is ready, not who it is: a program inside a container has a
    // certificate of its own making or for another name than its address. Marathon did the same.
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);

    using Callback = std::size_t (*)(char*, std::size_t, std::size_t, void*);
    const Callback body = [](char*, std::size_t size, std::size_t count, void* self) {
        return static_cast<HttpProbe*>(self)->on_body(size * count);
    };
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
}

// Taking less than came ends the transfer.
std::size_t HttpProbe::on_body(std::size_t bytes) {
    body_bytes_ += bytes;
    return body_bytes_ > enough_body ? 0 : bytes;
}

ProbeResult HttpProbe::judge(CURLcode result) const {
    // Once there is a final status, the rest of the reply does not matter, nor whether it ends.
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status >= 200 && status < 400) {
        return Ready{static_cast<int>(status)};
    }
    if (status >= 400) {
        return tl::unexpected(ProbeFailure{ProbeFailure::Kind::bad_status,
                                           fmt::format("status {}", status),
                                           static_cast<int>(status)});
    }
    const std::string words = words_.front() == '\0' ? curl_easy_strerror(result) : words_.data();
    const auto failure = [&words](ProbeFailure::Kind kind) {
        return tl::unexpected(ProbeFailure{kind, words});
    };
    switch (result) {
        case CURLE_COULDNT_CONNECT: {
            long error = 0;
            curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &error);
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

CurlProbes::~CurlProbes() {
    for (const auto& [easy, http] : http_) {
        curl_multi_remove_handle(multi_, easy);
    }
}

void CurlProbes::start(const ProbeTarget& target, Done done) {
    // What is no address fails there, before libcurl looks a name up.
    if (target.kind == ProbeTarget::Kind::tcp || !is_ip_address(target.host)) {
        tcp_.push_back({std::make_unique<TcpProbe>(target), std::move(done)});
        return;
    }
    auto probe = std::make_unique<HttpProbe>(target);
    auto* const easy = probe->handle();
    if (curl_multi_add_handle(multi_, easy) != CURLM_OK) {
        throw std::bad_alloc();
    }
    http_.emplace(easy, Http{std::move(probe), std::move(done)});
}

void CurlProbes::add_waits(std::vector<curl_waitfd>& waits) const {
    for (const auto& tcp : tcp_) {
        if (const auto wait = tcp.probe->wait()) {
            waits.push_back(*wait);
        }
    }
}

std::chrono::milliseconds CurlProbes::wait_at_most(std::chrono::milliseconds time) const {
    const auto now = TcpProbe::Clock::now();
    for (const auto& tcp : tcp_) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(tcp.probe->due() - now);
        time = std::min(time, std::max(left, std::chrono::milliseconds(0)));
    }
    return time;
}

CurlProbes::Http CurlProbes::take(CURL* easy) {
    auto http = std::move(http_.at(easy));
    http_.erase(easy);
    curl_multi_remove_handle(multi_, easy);
    return http;
}

bool CurlProbes::finish(CURL* easy, CURLcode result) {
    if (!http_.contains(easy)) {
        return false;
    }
    const auto http = take(easy);
    http.done(http.probe->judge(result));
    return true;
}

void CurlProbes::tell() {
    std::vector<std::pair<Done, ProbeResult>> known;  // callbacks change `tcp_`
    std::erase_if(tcp_, [&known](Tcp& tcp) {
        auto result = tcp.probe->look();
        if (result) {
            known.emplace_back(std::move(tcp.done), std::move(*result));
        }
        return result.has_value();
    });
    for (auto& [done, result] : known) {
        done(std::move(result));
    }
}

void CurlProbes::fail_all(CURLMcode why) {
    std::vector<Done> failed;
    while (!http_.empty()) {
        failed.push_back(take(http_.begin()->first).done);
    }
    for (auto& tcp : std::exchange(tcp_, {})) {
        failed.push_back(std::move(tcp.done));
    }
    for (const auto& done : failed) {
        done(tl::unexpected(ProbeFailure{ProbeFailure::Kind::other, curl_multi_strerror(why)}));
    }
}

}  // namespace http
