#include "http/probes.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace http {
namespace {

ProbeResult failed(std::string why) {
    return tl::unexpected(ProbeFailure{ProbeFailure::Kind::other, std::move(why)});
}

short to_curl(short events) {
    return static_cast<short>(((events & POLLIN) != 0 ? CURL_WAIT_POLLIN : 0) |
                              ((events & POLLOUT) != 0 ? CURL_WAIT_POLLOUT : 0));
}

short from_curl(short events) {
    return static_cast<short>(((events & CURL_WAIT_POLLIN) != 0 ? POLLIN : 0) |
                              ((events & CURL_WAIT_POLLOUT) != 0 ? POLLOUT : 0));
}

}  // namespace

Probes::~Probes() {
    for (const auto& [easy, http] : http_) {
        curl_->multi_remove_handle(multi_.get(), easy);
    }
}

void Probes::start(const ProbeTarget& target, Done done) {
    // What is no address fails there, before libcurl looks a name up.
    if (target.kind == ProbeTarget::Kind::tcp || !is_ip_address(target.host)) {
        tcp_.push_back({std::make_unique<TcpProbe>(target), std::move(done)});
    } else {
        start_http(target, std::move(done));
    }
}

void Probes::start_http(const ProbeTarget& target, Done done) {
    if (!curl_) {
        auto loaded = Curl::load();
        if (!loaded) {
            known_.push_back({std::move(done), failed(std::move(loaded.error()))});
            return;
        }
        curl_ = *loaded;
        multi_ = curl_->make_multi();
    }
    auto probe = std::make_unique<HttpProbe>(*curl_, target);
    auto* const easy = probe->handle();
    if (curl_->multi_add_handle(multi_.get(), easy) != CURLM_OK) {
        throw std::bad_alloc();
    }
    http_.emplace(easy, Http{std::move(probe), std::move(done)});
}

int Probes::milliseconds(std::chrono::milliseconds at_most) const {
    const auto now = TcpProbe::Clock::now();
    for (const Tcp& tcp : tcp_) {
        at_most =
            std::min(at_most, std::chrono::ceil<std::chrono::milliseconds>(tcp.probe->due() - now));
    }
    if (!known_.empty()) {
        at_most = std::chrono::milliseconds(0);
    }
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(
        at_most.count(), 0, std::numeric_limits<int>::max()));
}

void Probes::wait(std::vector<pollfd>& waits, std::chrono::milliseconds at_most) {
    const std::size_t own = waits.size();
    for (const Tcp& tcp : tcp_) {
        if (const auto wait = tcp.probe->wait()) {
            waits.push_back(*wait);
        }
    }
    if (http_.empty()) {
        ::poll(waits.data(), waits.size(), milliseconds(at_most));
    } else {
        std::vector<curl_waitfd> curls;
        curls.reserve(waits.size());
        for (const pollfd& wait : waits) {
            curls.push_back({wait.fd, to_curl(wait.events), 0});
        }
        curl_->multi_poll(multi_.get(), curls.data(), static_cast<unsigned>(curls.size()),
                          milliseconds(at_most), nullptr);
        for (std::size_t i = 0; i < waits.size(); ++i) {
            waits[i].revents = from_curl(curls[i].revents);
        }
    }
    waits.resize(own);
}

void Probes::tell() {
    collect_tcp();
    collect_http();
    // Callbacks start more.
    for (auto& [done, result] : std::exchange(known_, {})) {
        done(std::move(result));
    }
}

void Probes::collect_tcp() {
    std::erase_if(tcp_, [this](Tcp& tcp) {
        auto result = tcp.probe->look();
        if (result) {
            known_.push_back({std::move(tcp.done), std::move(*result)});
        }
        return result.has_value();
    });
}

void Probes::collect_http() {
    if (http_.empty()) {
        return;
    }
    int running = 0;
    const CURLMcode outcome = curl_->multi_perform(multi_.get(), &running);
    int left = 0;
    while (const auto* const message = curl_->multi_info_read(multi_.get(), &left)) {
        const CURLcode result = message->data.result;  // `take` invalidates the message
        Http http = take(message->easy_handle);
        known_.push_back({std::move(http.done), http.probe->judge(result)});
    }
    // libcurl itself gave up (no memory): waiting longer would be for ever.
    while (outcome != CURLM_OK && !http_.empty()) {
        known_.push_back({take(http_.begin()->first).done, failed(curl_->multi_strerror(outcome))});
    }
}

Probes::Http Probes::take(CURL* easy) {
    auto http = std::move(http_.at(easy));
    http_.erase(easy);
    curl_->multi_remove_handle(multi_.get(), easy);
    return http;
}

}  // namespace http
