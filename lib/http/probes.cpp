#include "http/probes.hpp"

#include <chrono>
#include <poll.h>
#include <utility>
#include <vector>

namespace http {
namespace {

ProbeResult failed(std::string why) {
    return tl::unexpected(ProbeFailure{ProbeFailure::Kind::other, std::move(why)});
}

short events_of(int what) {
    return static_cast<short>(((what & CURL_POLL_IN) != 0 ? POLLIN : 0) |
                              ((what & CURL_POLL_OUT) != 0 ? POLLOUT : 0));
}

int to_curl(short events) {
    return ((events & (POLLIN | POLLHUP)) != 0 ? CURL_CSELECT_IN : 0) |
           ((events & POLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
           ((events & (POLLERR | POLLNVAL)) != 0 ? CURL_CSELECT_ERR : 0);
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
        wait_for(tcp_.emplace(tcp_.end(), target, std::move(done)));
    } else {
        start_http(target, std::move(done));
    }
}

void Probes::wait_for(std::list<Tcp>::iterator tcp) {
    if (const auto wait = tcp->probe.wait()) {
        tcp->watch =
            reactor_.watch(wait->fd, wait->events, [this, tcp](short /*events*/) { look_at(tcp); });
    }
    tcp->timer = reactor_.at(tcp->probe.due(), [this, tcp] { look_at(tcp); });
}

void Probes::look_at(std::list<Tcp>::iterator tcp) {
    auto result = tcp->probe.look();
    if (!result) {
        wait_for(tcp);
        return;
    }
    const Done done = std::move(tcp->done);
    tcp_.erase(tcp);
    done(std::move(*result));
}

void Probes::start_http(const ProbeTarget& target, Done done) {
    if (!curl_) {
        auto loaded = Curl::load();
        if (!loaded) {
            const auto timer = failures_.emplace(failures_.end());
            *timer = reactor_.at(base::Reactor::Clock::now(),
                                 [this, timer, done = std::move(done), why = loaded.error()] {
                                     failures_.erase(timer);
                                     done(failed(why));
                                 });
            return;
        }
        curl_ = *loaded;
        set_up_curl();
    }
    auto probe = std::make_unique<HttpProbe>(*curl_, target);
    auto* const easy = probe->handle();
    if (curl_->multi_add_handle(multi_.get(), easy) != CURLM_OK) {
        throw std::bad_alloc();
    }
    http_.emplace(easy, Http{std::move(probe), std::move(done)});
}

void Probes::set_up_curl() {
    multi_ = curl_->make_multi();
    using OnSocket = int (*)(CURL*, curl_socket_t, int, void*, void*);
    const OnSocket on_socket = [](CURL*, curl_socket_t socket, int what, void* self, void*) {
        static_cast<Probes*>(self)->watch_for_curl(socket, what);
        return 0;
    };
    using OnTimer = int (*)(CURLM*, long, void*);
    const OnTimer on_timer = [](CURLM*, long milliseconds, void* self) {
        static_cast<Probes*>(self)->wake_curl_in(milliseconds);
        return 0;
    };
    curl_->multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_->multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
    curl_->multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, on_timer);
    curl_->multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
}

void Probes::watch_for_curl(curl_socket_t socket, int what) {
    if (what == CURL_POLL_REMOVE) {
        watches_.erase(socket);
    } else if (const auto found = watches_.find(socket); found != watches_.end()) {
        found->second.set_events(events_of(what));
    } else {
        watches_[socket] = reactor_.watch(socket, events_of(what), [this, socket](short events) {
            wake_curl(socket, to_curl(events));
        });
    }
}

void Probes::wake_curl_in(long milliseconds) {
    timer_.stop();
    if (milliseconds >= 0) {
        timer_ = reactor_.at(base::Reactor::Clock::now() + std::chrono::milliseconds(milliseconds),
                             [this] { wake_curl(CURL_SOCKET_TIMEOUT, 0); });
    }
}

void Probes::wake_curl(curl_socket_t socket, int events) {
    int running = 0;
    const CURLMcode outcome = curl_->multi_socket_action(multi_.get(), socket, events, &running);
    std::vector<std::pair<Done, ProbeResult>> results;
    int left = 0;
    while (const auto* const message = curl_->multi_info_read(multi_.get(), &left)) {
        const CURLcode result = message->data.result;  // `take` invalidates the message
        Http http = take(message->easy_handle);
        results.emplace_back(std::move(http.done), http.probe->judge(result));
    }
    // libcurl itself gave up (no memory): waiting longer would be for ever.
    while (outcome != CURLM_OK && !http_.empty()) {
        results.emplace_back(take(http_.begin()->first).done,
                             failed(curl_->multi_strerror(outcome)));
    }
    // Callbacks start more.
    for (auto& [done, result] : results) {
        done(std::move(result));
    }
}

Probes::Http Probes::take(CURL* easy) {
    auto http = std::move(http_.at(easy));
    http_.erase(easy);
    curl_->multi_remove_handle(multi_.get(), easy);
    return http;
}

}  // namespace http
