#include "base/reactor.hpp"

#include <array>
#include <csignal>
#include <optional>
#include <sys/socket.h>

#include "base/descriptor.hpp"
#include "catch.hpp"

using base::Descriptor;
using base::Reactor;
using namespace std::chrono_literals;

namespace {

// Two ends of one connection.
struct Pair {
    Pair() {
        std::array<int, 2> ends{};
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) ==
                0);
        here = Descriptor(ends[0]);
        there = Descriptor(ends[1]);
    }
    Descriptor here, there;
};

auto now() { return Reactor::Clock::now(); }

bool eventually(Reactor& reactor, const std::function<bool()>& holds) {
    const auto deadline = now() + 20s;
    while (!holds() && now() < deadline) {
        reactor.run_once(deadline);
    }
    return holds();
}

}  // namespace

TEST_CASE("a descriptor is watched for what is asked, and no longer than its watch lives") {
    Reactor reactor;
    Pair pair;
    std::vector<short> seen;
    auto watch = reactor.watch(pair.here.get(), POLLIN, [&](short got) { seen.push_back(got); });
    reactor.run_once(now());
    CHECK(seen.empty());
    REQUIRE(::send(pair.there.get(), "x", 1, 0) == 1);
    reactor.run_once(now() + 20s);
    CHECK(seen == std::vector<short>{POLLIN});
    watch.set_events(POLLIN | POLLOUT);
    reactor.run_once(now() + 20s);
    CHECK(seen == std::vector<short>{POLLIN, POLLIN | POLLOUT});
    watch.set_events(0);
    pair.there.reset();  // even of this nothing is told
    reactor.run_once(now());
    CHECK(seen.size() == 2);
    watch.set_events(POLLOUT);
    reactor.run_once(now() + 20s);
    CHECK(seen.size() == 3);
    watch.stop();
    reactor.run_once(now());
    CHECK(seen.size() == 3);
}

TEST_CASE(
    "a callback may end any watch, its own and those whose turn would come, and begin others") {
    Reactor reactor;
    std::array<Pair, 3> pairs;
    std::array<Reactor::Watch, 3> watches;
    std::optional<Reactor::Watch> later;
    int called = 0;
    int called_later = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        watches.at(i) = reactor.watch(pairs.at(i).here.get(), POLLOUT, [&](short /*events*/) {
            ++called;
            for (auto& watch : watches) {
                watch.stop();
            }
            later = reactor.watch(pairs[0].there.get(), POLLOUT, [&](short) { ++called_later; });
        });
    }
    reactor.run_once(now() + 20s);
    CHECK(called == 1);
    CHECK(called_later == 0);
    reactor.run_once(now() + 20s);
    CHECK(called == 1);
    CHECK(called_later == 1);
}

TEST_CASE("timers come in the order of their times, and none sooner") {
    Reactor reactor;
    const auto begin = now();
    std::string order;
    const auto second = reactor.at(begin + 20ms, [&] {
        order += "second ";
        CHECK(now() >= begin + 20ms);
    });
    const auto first = reactor.at(begin + 10ms, [&] { order += "first "; });
    const auto same = reactor.at(begin + 20ms, [&] { order += "same "; });
    const auto never = reactor.at(begin + 24h, [] { FAIL("a day has passed"); });
    CHECK(eventually(reactor, [&] { return order.size() >= 18; }));
    CHECK(order == "first second same ");
}

TEST_CASE("a timer that is dropped does not call, even where its time has come") {
    Reactor reactor;
    Reactor::Timer other;
    int called = 0;
    auto timer = reactor.at(now(), [&] {
        ++called;
        other.stop();
    });
    other = reactor.at(now(), [&] { ++called; });
    reactor.run_once(now() + 20s);
    reactor.run_once(now());
    CHECK(called == 1);
}

TEST_CASE("a timer that sets itself again waits for the next round") {
    Reactor reactor;
    Pair pair;
    Reactor::Timer timer;
    int called = 0;
    std::function<void()> again = [&] {
        ++called;
        timer = reactor.at(now() - 1s, again);
    };
    timer = reactor.at(now(), again);
    reactor.run_once(now() + 20s);
    CHECK(called == 1);
    bool writable = false;
    const auto watch = reactor.watch(pair.here.get(), POLLOUT, [&](short) { writable = true; });
    reactor.run_once(now() + 20s);
    CHECK(called == 2);
    CHECK(writable);
}

TEST_CASE("a signal ends the wait") {
    Reactor reactor;
    struct sigaction caught {};
    struct sigaction before {};
    caught.sa_handler = [](int) {};
    REQUIRE(sigaction(SIGALRM, &caught, &before) == 0);
    ualarm(10'000, 10'000);  // again and again: the first may come before the wait
    const auto begin = now();
    reactor.run_once(begin + 20s);
    ualarm(0, 0);
    sigaction(SIGALRM, &before, nullptr);
    CHECK(now() - begin < 20s);
}
