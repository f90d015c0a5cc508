#include <arpa/inet.h>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <mutex>
#include <net/if.h>
#include <netinet/in.h>
#include <optional>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "catch.hpp"
#include "local_transport.hpp"
#include "test_server.hpp"

namespace {

using http::ProbeFailure;
using http::ProbeTarget;
using http::Ready;
using Kind = ProbeTarget::Kind;
using namespace std::chrono_literals;
using namespace std::string_literals;

// Listens on an address of the loopback and does with each connection, one after the other, what a
// test says.
class LoopbackServer {
public:
    explicit LoopbackServer(std::function<void(int connection)> answer,
                            const char* host = "127.0.0.1")
        : answer_(std::move(answer)) {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        const bool is_v6 = inet_pton(AF_INET6, host, &v6.sin6_addr) == 1;
        inet_pton(AF_INET, host, &v4.sin_addr);
        listener_ = socket(is_v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto* const address =
            is_v6 ? reinterpret_cast<sockaddr*>(&v6) : reinterpret_cast<sockaddr*>(&v4);
        socklen_t size = is_v6 ? sizeof v6 : sizeof v4;
        works_ = bind(listener_, address, size) == 0 && listen(listener_, 64) == 0 &&
                 getsockname(listener_, address, &size) == 0;
        port_ = ntohs(is_v6 ? v6.sin6_port : v4.sin_port);
        serving_ = std::thread([this] { serve(); });
    }
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;
    ~LoopbackServer() {
        shutdown(listener_, SHUT_RDWR);
        serving_.join();
        close(listener_);
    }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] bool works() const { return works_; }
    [[nodiscard]] ProbeTarget target(Kind kind, const std::string& path = "/") const {
        return {kind, "127.0.0.1", port_, path};
    }

private:
    void serve() {
        for (int connection = 0;
             (connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
            answer_(connection);
            close(connection);
        }
    }
    std::function<void(int)> answer_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    bool works_ = false;
    std::thread serving_;
};

// A port of the loopback that nobody listens on.
std::uint16_t free_port() {
    return LoopbackServer([](int) {}).port();
}

// None: it did not end.
std::optional<http::ProbeResult> outcome(const ProbeTarget& target) {
    LocalTransport transport("/nowhere");
    std::optional<http::ProbeResult> result;
    transport.probe(target, [&](http::ProbeResult got) { result = std::move(got); });
    CHECK_FALSE(result);
    eventually(transport, [&] { return result.has_value(); });
    return result;
}

http::ProbeResult probe(const ProbeTarget& target) {
    const auto result = outcome(target);
    REQUIRE(result);
    return *result;
}

// The calling thread gets a network of its own, with a loopback alone, on which the system gives
// this port and no other to the end of a connection that asks. False where the user may not.
bool enter_network_with_one_port(std::uint16_t port) {
    if (unshare(CLONE_NEWNET) != 0) {
        return false;
    }
    ifreq loopback{};
    std::string("lo").copy(loopback.ifr_name, IFNAMSIZ - 1);
    loopback.ifr_flags = IFF_UP;
    const int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const bool is_up = ioctl(any, SIOCSIFFLAGS, &loopback) == 0;
    close(any);
    std::ofstream range("/proc/sys/net/ipv4/ip_local_port_range");
    range << port << ' ' << port << std::flush;
    return is_up && range.good();
}

// Why the probe failed, with the status where there is one.
std::pair<ProbeFailure::Kind, int> failure(const ProbeTarget& target) {
    const auto result = probe(target);
    REQUIRE_FALSE(result);
    INFO(result.error().detail);
    CHECK_FALSE(result.error().detail.empty());
    return {result.error().kind, result.error().status};
}

auto fails(ProbeFailure::Kind kind, int status = 0) { return std::pair(kind, status); }

// What becomes of an HTTP probe when the server writes `bytes` and closes.
http::ProbeResult answered(const std::string& bytes) {
    const LoopbackServer server([&](int connection) {
        read_request(connection);
        write_all(connection, bytes);
    });
    return probe(server.target(Kind::http));
}

std::string reply_of(int status) {
    return "HTTP/1.1 " + std::to_string(status) +
           " Words\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 2\r\n\r\nok";
}

}  // namespace

TEST_CASE("a port that nobody listens on refuses every kind of probe") {
    for (const auto kind : {Kind::tcp, Kind::http, Kind::https}) {
        CHECK(failure({kind, "127.0.0.1", free_port()}) == fails(ProbeFailure::Kind::refused));
    }
}

// The system picks the port of this end among some that include those of programs, and when it
// picks the very one that is asked for, the socket is connected to itself.
TEST_CASE("a port that nobody listens on refuses, though a socket can reach itself there") {
    constexpr std::uint16_t port = 40000;
    std::optional<http::ProbeResult> result;
    std::thread([&] {
        if (enter_network_with_one_port(port)) {
            result = outcome({Kind::tcp, "127.0.0.1", port});
        }
    }).join();
    if (!result) {
        WARN("skipped: only root can make a network of its own");
        return;
    }
    CHECK(*result ==
          tl::unexpected(ProbeFailure{ProbeFailure::Kind::refused, "Connection refused"}));
}

TEST_CASE("a connection that stays open is ready, and so is one that says something") {
    const LoopbackServer quiet(wait_for_close);
    CHECK(probe(quiet.target(Kind::tcp)) == Ready{});
    const LoopbackServer greets([](int connection) { write_all(connection, "220 hello\r\n"); });
    CHECK(probe(greets.target(Kind::tcp)) == Ready{});
}

TEST_CASE("a connection that is closed at once is not ready") {
    const LoopbackServer closes([](int) {});
    CHECK(failure(closes.target(Kind::tcp)) == fails(ProbeFailure::Kind::closed));
    CHECK(failure(closes.target(Kind::http)) == fails(ProbeFailure::Kind::closed));
    const LoopbackServer resets([](int connection) {
        const linger at_once{1, 0};
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    });
    CHECK(failure(resets.target(Kind::tcp)) == fails(ProbeFailure::Kind::closed));
    CHECK(failure(resets.target(Kind::http)) == fails(ProbeFailure::Kind::closed));
}

TEST_CASE("a status from 200 to 399 is ready, and no redirect is followed") {
    for (const int status : {200, 204, 302, 399}) {
        CHECK(answered(reply_of(status)) == Ready{status});
    }
    for (const int status : {400, 404, 500, 503}) {
        CHECK(answered(reply_of(status)).error() == ProbeFailure{ProbeFailure::Kind::bad_status,
                                                                 "status " + std::to_string(status),
                                                                 status});
    }
    CHECK(answered("HTTP/1.1 100 Continue\r\n\r\n" + reply_of(500)).error().status == 500);
    CHECK(answered("SSH-2.0-OpenSSH_9.2\r\n").error().kind == ProbeFailure::Kind::other);
}

TEST_CASE("an HTTP probe is a plain GET of the path, whatever proxy the environment names") {
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    std::mutex mutex;
    std::vector<std::string> seen;
    const LoopbackServer server([&](int connection) {
        const std::lock_guard lock(mutex);
        seen.push_back(read_request(connection));
        write_all(connection, reply_of(200));
    });
    CHECK(probe(server.target(Kind::http, "/a/../up?full=1")) == Ready{200});
    CHECK(probe(server.target(Kind::http, "")) == Ready{200});
    unsetenv("http_proxy");
    const auto rest =
        " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\nAccept: */*\r\n\r\n";
    const std::lock_guard lock(mutex);
    CHECK(seen == std::vector<std::string>{"GET /a/../up?full=1" + rest, "GET /" + rest});
}

TEST_CASE("a body that never ends, or never comes, does not matter after the status") {
    const LoopbackServer endless([](int connection) {
        read_request(connection);
        write_all(connection, "HTTP/1.1 200 OK\r\n\r\n");
        while (write_all(connection, std::string(4096, 'x'))) {
        }
    });
    CHECK(probe(endless.target(Kind::http)) == Ready{200});
    const LoopbackServer stalls([](int connection) {
        read_request(connection);
        write_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        wait_for_close(connection);
    });
    auto target = stalls.target(Kind::http);
    target.timeout = 10min;
    CHECK(probe(target) == Ready{200});
}

TEST_CASE("a switch of protocols that nobody asked for is no answer") {
    const LoopbackServer switches([](int connection) {
        read_request(connection);
        write_all(connection, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nbytes");
        wait_for_close(connection);
    });
    auto target = switches.target(Kind::http);
    target.timeout = 10min;
    CHECK(failure(target) == fails(ProbeFailure::Kind::other));
}

TEST_CASE("an answer that does not come in time is no answer") {
    const LoopbackServer silent(wait_for_close);
    for (const auto kind : {Kind::http, Kind::https}) {
        auto target = silent.target(kind);
        target.timeout = 50ms;
        CHECK(failure(target) == fails(ProbeFailure::Kind::timed_out));
    }
}

TEST_CASE("what does not speak TLS fails a probe of it") {
    const LoopbackServer plain([](int connection) {
        write_all(connection, reply_of(200));
        wait_for_close(connection);
    });
    CHECK(failure(plain.target(Kind::https)) == fails(ProbeFailure::Kind::other));
}

TEST_CASE("IPv6 addresses are addresses, and names are not") {
    const LoopbackServer server(
        [](int connection) {
            if (!read_request(connection).empty()) {
                write_all(connection, reply_of(200));
            }
        },
        "::1");
    if (server.works()) {
        CHECK(probe({Kind::http, "::1", server.port()}) == Ready{200});
        CHECK(probe({Kind::tcp, "::1", server.port()}) == Ready{});
    }
    for (const auto kind : {Kind::tcp, Kind::http}) {
        for (const auto& host : {"localhost"s, ""s, "127.0.0.1/x"s, "user@127.0.0.1"s,
                                 "127.0.0.1:1"s, "127.0.0.1\0x"s, "::1\0"s}) {
            INFO(host);
            CHECK(failure({kind, host, 80}) == fails(ProbeFailure::Kind::other));
        }
    }
}

TEST_CASE("many probes run at once beside the engine's calls, and a callback may begin more") {
    const TestServer engine([](int connection) {
        read_request(connection);
        write_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
    const LoopbackServer quiet(wait_for_close);
    const LoopbackServer answers([](int connection) {
        read_request(connection);
        write_all(connection, reply_of(200));
    });
    LocalTransport transport(engine.path());
    int ready = 0;
    int replies = 0;
    for (int count = 0; count < 20; ++count) {
        transport.probe(answers.target(Kind::http), [&](const http::ProbeResult& first) {
            CHECK(first);
            transport.probe({Kind::tcp, "127.0.0.1", answers.port()},
                            [&](const http::ProbeResult&) { ++ready; });
        });
        transport.send({.target = "/"}, [&](const http::Reply& reply) {
            CHECK(reply);
            ++replies;
        });
    }
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while ((ready < 20 || replies < 20) && std::chrono::steady_clock::now() < deadline) {
        transport.run_once(1s);
    }
    CHECK(ready == 20);
    CHECK(replies == 20);
}

TEST_CASE("a transport with probes in flight may go, without calling back") {
    const LoopbackServer silent(wait_for_close);
    LocalTransport transport("/nowhere");
    for (const auto kind : {Kind::tcp, Kind::http}) {
        transport.probe(silent.target(kind), [](const http::ProbeResult&) { FAIL("called back"); });
    }
    transport.run_once(0ms);
}
