#include "http/socket_transport.hpp"

#include <algorithm>
#include <deque>
#include <sys/resource.h>
#include <utility>
#include <vector>

#include "http/exchange.hpp"

namespace http {
namespace {

// The other half is for checks, which have connections of their own, and for all else.
std::size_t half_of_what_may_be_open() {
    rlimit files{};
    constexpr rlim_t least = 16;
    ::getrlimit(RLIMIT_NOFILE, &files);
    return static_cast<std::size_t>(std::max(files.rlim_cur / 2, least));
}

// The peer closed it, or sent what nobody asked for.
bool is_stale(Connection& connection) {
    char byte = 0;
    const auto count = connection.read({&byte, 1});
    return !count || *count;
}

}  // namespace

struct SocketTransport::Core {
    // An exchange and what it waits for.
    struct Call {
        template <class Callbacks>
        Call(Request request, Callbacks callbacks)
            : exchange(std::move(request), std::move(callbacks)) {}

        Exchange exchange;
        int watched = -1;
        base::Reactor::Watch watch;
        base::Reactor::Clock::time_point timer_time = base::Reactor::Clock::time_point::max();
        base::Reactor::Timer timer;
    };
    using Shared = std::shared_ptr<Call>;

    Core(base::Reactor& waits_in, std::unique_ptr<Connector> connects)
        : reactor(waits_in), connector(std::move(connects)) {}
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;
    ~Core() {
        // What goes with a callback may be the handle of another exchange, which looks into these.
        const auto forgotten = std::exchange(in_flight, {});
        const auto gets_never_begun = std::exchange(waiting_gets, {});
        const auto others_never_begun = std::exchange(waiting_others, {});
    }

    void start(Shared call);
    void begin_what_may();
    void begin_over_any(Exchange& get);
    void wait_for(const Shared& call);
    void drop(const Shared& call);
    void advance(const Shared& call);

    base::Reactor& reactor;
    std::unique_ptr<Connector> connector;
    const std::size_t most_in_flight = half_of_what_may_be_open();
    std::vector<Shared> in_flight;
    std::deque<Shared> waiting_gets, waiting_others;  // when too many are in flight
    std::size_t gets = 0;                             // in flight
    std::vector<std::unique_ptr<Connection>> kept;
};

void SocketTransport::Core::start(Shared call) {
    auto& waiting = call->exchange.may_share() ? waiting_gets : waiting_others;
    waiting.push_back(std::move(call));
    begin_what_may();
}

void SocketTransport::Core::begin_what_may() {
    const auto take = [this](std::deque<Shared>& waiting) -> const Shared& {
        in_flight.push_back(std::move(waiting.front()));
        waiting.pop_front();
        return in_flight.back();
    };
    while (in_flight.size() < most_in_flight && gets < most_gets && !waiting_gets.empty()) {
        ++gets;
        const Shared& call = take(waiting_gets);
        begin_over_any(call->exchange);
        wait_for(call);
    }
    while (in_flight.size() < most_in_flight && !waiting_others.empty()) {
        const Shared& call = take(waiting_others);
        call->exchange.begin(*connector);
        wait_for(call);
    }
}

void SocketTransport::Core::begin_over_any(Exchange& get) {
    std::erase_if(kept, [](const auto& connection) { return is_stale(*connection); });
    if (kept.empty()) {
        get.begin(*connector);
    } else {
        get.begin_over_kept(std::move(kept.back()));
        kept.pop_back();
    }
}

// One that has ended already waits for nothing, so that its callback comes from the reactor.
void SocketTransport::Core::wait_for(const Shared& call) {
    const auto wait = call->exchange.wait();
    if (wait.descriptor == call->watched) {
        call->watch.set_events(wait.events);
    } else {
        call->watch.stop();
        call->watched = wait.descriptor;
        if (wait.descriptor >= 0) {
            call->watch = reactor.watch(wait.descriptor, wait.events,
                                        [this, watched = std::weak_ptr(call)](short /*events*/) {
                                            if (const auto shown = watched.lock()) {
                                                advance(shown);
                                            }
                                        });
        }
    }
    if (wait.until != call->timer_time) {
        call->timer.stop();
        call->timer_time = wait.until;
        if (wait.until != base::Reactor::Clock::time_point::max()) {
            call->timer = reactor.at(wait.until, [this, timed = std::weak_ptr(call)] {
                if (const auto due = timed.lock()) {
                    due->timer_time = base::Reactor::Clock::time_point::max();
                    advance(due);
                }
            });
        }
    }
}

// From now on only whoever calls holds it.
void SocketTransport::Core::drop(const Shared& call) {
    call->watch.stop();
    call->timer.stop();
    if (std::erase(in_flight, call) == 0) {
        std::erase(waiting_others, call);
    } else if (call->exchange.may_share()) {
        --gets;
    }
}

void SocketTransport::Core::advance(const Shared& call) {
    Exchange& exchange = call->exchange;
    if (!exchange.ended()) {
        exchange.advance();
    }
    if (exchange.wants_another_connection()) {
        call->watch.stop();
        call->watched = -1;
        exchange.begin(*connector);
    }
    if (exchange.ended()) {
        drop(call);
        if (auto connection = exchange.take_connection()) {
            kept.push_back(std::move(connection));
        }
        exchange.call_back();
        begin_what_may();
        return;
    }
    exchange.call_back();
    if (!exchange.dropped()) {
        wait_for(call);
    }
}

SocketTransport::SocketTransport(base::Reactor& reactor, std::unique_ptr<Connector> connector)
    : core_(std::make_unique<Core>(reactor, std::move(connector))) {}

SocketTransport::~SocketTransport() = default;

void SocketTransport::send(Request request, std::function<void(Reply)> done) {
    core_->start(std::make_shared<Core::Call>(std::move(request), std::move(done)));
}

StreamHandle SocketTransport::open(Request request, StreamEvents events) {
    const auto call = std::make_shared<Core::Call>(std::move(request), std::move(events));
    core_->start(call);
    // One that has ended, or whose transport is gone, is in nobody's hands any more, unless one of
    // its callbacks is running right now.
    return StreamHandle([core = core_.get(), watched = std::weak_ptr(call)] {
        if (const auto open = watched.lock(); open && !open->exchange.dropped()) {
            open->exchange.drop();
            core->drop(open);
            core->begin_what_may();
        }
    });
}

void SocketTransport::upgrade(Request request, std::function<void(UpgradeReply)> done) {
    core_->start(std::make_shared<Core::Call>(std::move(request), std::move(done)));
}

}  // namespace http
