#include "http/socket_transport.hpp"

#include <algorithm>
#include <deque>
#include <sys/resource.h>
#include <utility>
#include <vector>

#include "http/exchange.hpp"
#include "http/probes.hpp"

namespace http {
namespace {

// The other half is for checks, which have connections of their own, and for all else.
std::size_t half_of_what_may_be_open() {
    rlimit files{};
    constexpr rlim_t least = 16;
    ::getrlimit(RLIMIT_NOFILE, &files);
    return static_cast<std::size_t>(std::max(files.rlim_cur / 2, least));
}

}  // namespace

struct SocketTransport::Core {
    using Shared = std::shared_ptr<Exchange>;

    explicit Core(std::string path) : socket_path(std::move(path)) {}
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;
    ~Core() {
        // What goes with a callback may be the handle of another exchange, which looks into these.
        const auto forgotten = std::exchange(in_flight, {});
        const auto gets_never_begun = std::exchange(waiting_gets, {});
        const auto others_never_begun = std::exchange(waiting_others, {});
    }

    void start(Shared exchange);
    void begin_what_may();
    void begin_over_any(Exchange& get);
    void drop(const Shared& exchange);
    void advance(const Shared& exchange);

    std::string socket_path;
    const std::size_t most_in_flight = half_of_what_may_be_open();
    std::vector<Shared> in_flight;
    std::deque<Shared> waiting_gets, waiting_others;  // when too many are in flight
    std::size_t gets = 0;                             // in flight
    std::vector<Socket> kept;
    Probes probes;
};

void SocketTransport::Core::start(Shared exchange) {
    auto& waiting = exchange->may_share() ? waiting_gets : waiting_others;
    waiting.push_back(std::move(exchange));
    begin_what_may();
}

void SocketTransport::Core::begin_what_may() {
    const auto take = [this](std::deque<Shared>& waiting) -> Exchange& {
        in_flight.push_back(std::move(waiting.front()));
        waiting.pop_front();
        return *in_flight.back();
    };
    while (in_flight.size() < most_in_flight && gets < most_gets && !waiting_gets.empty()) {
        ++gets;
        begin_over_any(take(waiting_gets));
    }
    while (in_flight.size() < most_in_flight && !waiting_others.empty()) {
        take(waiting_others).begin(socket_path);
    }
}

void SocketTransport::Core::begin_over_any(Exchange& get) {
    std::erase_if(kept, [](const Socket& socket) { return socket.is_stale(); });
    if (kept.empty()) {
        get.begin(socket_path);
    } else {
        get.begin(std::move(kept.back()), Exchange::Connection::kept);
        kept.pop_back();
    }
}

// From now on only whoever calls holds it.
void SocketTransport::Core::drop(const Shared& exchange) {
    if (std::erase(in_flight, exchange) == 0) {
        std::erase(waiting_others, exchange);
    } else if (exchange->may_share()) {
        --gets;
    }
}

void SocketTransport::Core::advance(const Shared& exchange) {
    if (!exchange->ended()) {
        exchange->advance();
    }
    if (exchange->wants_another_connection()) {
        exchange->begin(socket_path);
    }
    if (exchange->ended()) {
        drop(exchange);
        if (auto connection = exchange->take_connection()) {
            kept.push_back(std::move(*connection));
        }
    }
    exchange->tell();
}

SocketTransport::SocketTransport(std::string socket_path)
    : core_(std::make_unique<Core>(std::move(socket_path))) {}

SocketTransport::~SocketTransport() = default;

void SocketTransport::send(Request request, std::function<void(Reply)> done) {
    core_->start(std::make_shared<Exchange>(std::move(request), std::move(done)));
}

StreamHandle SocketTransport::open(Request request, StreamEvents events) {
    const auto exchange = std::make_shared<Exchange>(std::move(request), std::move(events));
    core_->start(exchange);
    // One that has ended, or whose transport is gone, is in nobody's hands any more, unless one of
    // its callbacks is running right now.
    return StreamHandle([core = core_.get(), watched = std::weak_ptr(exchange)] {
        if (const auto open = watched.lock(); open && !open->dropped()) {
            open->drop();
            core->drop(open);
        }
    });
}

void SocketTransport::probe(ProbeTarget target, std::function<void(ProbeResult)> done) {
    core_->probes.start(target, std::move(done));
}

void SocketTransport::run_once(std::chrono::milliseconds at_most, std::span<const int> also) {
    core_->begin_what_may();  // others have ended, or were dropped
    std::vector<pollfd> waits;
    for (const int descriptor : also) {
        waits.push_back({descriptor, POLLIN, 0});
    }
    // Callbacks change what is in flight.
    const std::vector<Core::Shared> exchanges = core_->in_flight;
    const auto now = Exchange::Clock::now();
    for (const auto& exchange : exchanges) {
        waits.push_back({exchange->descriptor(),
                         static_cast<short>(exchange->wants_to_write() ? POLLIN | POLLOUT : POLLIN),
                         0});
        const auto wait = std::max(exchange->due(), now) - now;
        if (wait < at_most) {
            at_most = std::chrono::ceil<std::chrono::milliseconds>(wait);
        }
    }
    core_->probes.wait(waits, at_most);
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
        const auto& exchange = exchanges[i];
        const bool due = Exchange::Clock::now() >= exchange->due();
        if (!exchange->dropped() && (due || waits[also.size() + i].revents != 0)) {
            core_->advance(exchange);
        }
    }
    core_->probes.tell();
}

}  // namespace http
