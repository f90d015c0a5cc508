#include "http/curl_transport.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "http/curl_exchange.hpp"
#include "http/curl_probe.hpp"

namespace http {
namespace {

using OnReply = std::function<void(Reply)>;

// An exchange and whom to tell of it.
struct Call {
    Call(Request request, OnReply done, const std::string& socket_path)
        : exchange(std::move(request), ReplyKind::whole, socket_path), tell(std::move(done)) {}
    Call(Request request, StreamEvents events, const std::string& socket_path)
        : exchange(std::move(request), ReplyKind::stream, socket_path), tell(std::move(events)) {}

    [[nodiscard]] bool has_news() const {
        return std::holds_alternative<StreamEvents>(tell) &&
               (exchange.head_complete() != head_told || !exchange.response().body.empty());
    }
    void tell_news();
    void tell_end(std::optional<Failure> failure);

    CurlExchange exchange;
    std::variant<OnReply, StreamEvents> tell;
    bool head_told = false;
    bool dropped = false;  // its handle went: tell nothing more
};

void Call::tell_news() {
    const auto& events = std::get<StreamEvents>(tell);
    const auto bytes = exchange.take_body();
    if (!head_told && !dropped) {
        head_told = true;
        events.on_head(exchange.response());
    }
    if (!bytes.empty() && !dropped) {
        events.on_data(bytes);
    }
}

void Call::tell_end(std::optional<Failure> failure) {
    if (dropped) {
        return;
    }
    if (const auto* const events = std::get_if<StreamEvents>(&tell)) {
        events->on_end(std::move(failure));
    } else if (failure) {
        std::get<OnReply>(tell)(tl::unexpected(std::move(*failure)));
    } else {
        std::get<OnReply>(tell)(exchange.take_response());
    }
}

}  // namespace

struct CurlTransport::Core {
    explicit Core(std::string path) : socket_path(std::move(path)) {}
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;
    ~Core() {
        // What goes with a callback may be the handle of another call, which looks into
        // `in_flight`.
        const auto forgotten = std::exchange(in_flight, {});
        for (const auto& [easy, call] : forgotten) {
            curl_multi_remove_handle(multi.get(), easy);
        }
    }

    void start(const std::shared_ptr<Call>& call) {
        auto* const easy = call->exchange.handle();
        if (curl_multi_add_handle(multi.get(), easy) != CURLM_OK) {
            throw std::bad_alloc();
        }
        in_flight.emplace(easy, call);
    }

    // From now on nobody but the caller holds the call.
    std::shared_ptr<Call> take(CURL* easy) {
        auto call = std::move(in_flight.at(easy));
        in_flight.erase(easy);
        curl_multi_remove_handle(multi.get(), easy);
        return call;
    }

    void tell_news();
    void tell_ends();
    void fail_all(CURLMcode why);

    std::string socket_path;
    CurlLibrary library;
    MultiHandle multi = make_multi();
    std::unordered_map<CURL*, std::shared_ptr<Call>> in_flight;
    CurlProbes probes{multi.get()};
};

void CurlTransport::Core::tell_news() {
    std::vector<std::shared_ptr<Call>> due;  // callbacks change `in_flight`
    for (const auto& [easy, call] : in_flight) {
        if (call->has_news()) {
            due.push_back(call);
        }
    }
    for (const auto& call : due) {
        call->tell_news();
    }
}

void CurlTransport::Core::tell_ends() {
    int left = 0;
    while (const auto* const message = curl_multi_info_read(multi.get(), &left)) {
        const auto result = message->data.result;  // `take` invalidates the message
        if (!probes.finish(message->easy_handle, result)) {
            const auto call = take(message->easy_handle);
            call->tell_end(call->exchange.failure(result));
        }
    }
}

// libcurl itself gave up (poll failed, no memory): waiting longer would be for ever.
void CurlTransport::Core::fail_all(CURLMcode why) {
    std::vector<std::shared_ptr<Call>> failed;
    while (!in_flight.empty()) {
        failed.push_back(take(in_flight.begin()->first));
    }
    for (const auto& call : failed) {
        call->tell_end(Failure{Failure::Kind::broken, curl_multi_strerror(why)});
    }
    probes.fail_all(why);
}

CurlTransport::CurlTransport(std::string socket_path)
    : core_(std::make_unique<Core>(std::move(socket_path))) {}

CurlTransport::~CurlTransport() = default;

void CurlTransport::send(Request request, std::function<void(Reply)> done) {
    core_->start(std::make_shared<Call>(std::move(request), std::move(done), core_->socket_path));
}

StreamHandle CurlTransport::open(Request request, StreamEvents events) {
    const auto call =
        std::make_shared<Call>(std::move(request), std::move(events), core_->socket_path);
    core_->start(call);
    // A call that has ended, or whose transport is gone, is in nobody's hands any more, unless one
    // of its callbacks is running right now.
    return StreamHandle([core = core_.get(), watched = std::weak_ptr(call)] {
        if (const auto open_call = watched.lock(); open_call && !open_call->dropped) {
            open_call->dropped = true;
            auto* const easy = open_call->exchange.handle();
            if (core->in_flight.contains(easy)) {
                static_cast<void>(core->take(easy));
            }
        }
    });
}

void CurlTransport::probe(ProbeTarget target, std::function<void(ProbeResult)> done) {
    core_->probes.start(target, std::move(done));
}

void CurlTransport::run_once(std::chrono::milliseconds at_most, std::span<const int> also) {
    std::vector<curl_waitfd> waits;
    for (const int descriptor : also) {
        waits.push_back({descriptor, CURL_WAIT_POLLIN, 0});
    }
    core_->probes.add_waits(waits);
    const auto timeout = std::clamp<std::chrono::milliseconds::rep>(
        core_->probes.wait_at_most(at_most).count(), 0, std::numeric_limits<int>::max());
    int running = 0;
    auto outcome =
        curl_multi_poll(core_->multi.get(), waits.data(), static_cast<unsigned>(waits.size()),
                        static_cast<int>(timeout), nullptr);
    if (outcome == CURLM_OK) {
        outcome = curl_multi_perform(core_->multi.get(), &running);
    }
    core_->tell_news();
    core_->tell_ends();
    core_->probes.tell();
    if (outcome != CURLM_OK) {
        core_->fail_all(outcome);
    }
}

}  // namespace http
