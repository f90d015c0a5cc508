#include <fstream>
#include <future>
#include <mutex>
#include <sys/socket.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "catch.hpp"
#include "local_transport.hpp"
#include "test_server.hpp"

namespace {

using http::Failure;
using http::Method;
using namespace std::chrono_literals;

http::Reply exchange(LocalTransport& transport, http::Request request) {
    std::optional<http::Reply> result;
    transport.send(std::move(request), [&](http::Reply reply) { result = std::move(reply); });
    REQUIRE(eventually(transport, [&] { return result.has_value(); }));
    return std::move(*result);
}

Failure::Kind failure_of(const std::string& path, http::Request request = {.target = "/"}) {
    LocalTransport transport(path);
    const auto reply = exchange(transport, std::move(request));
    REQUIRE_FALSE(reply);
    INFO(reply.error().detail);
    CHECK_FALSE(reply.error().detail.empty());
    return reply.error().kind;
}

// What becomes of a request when the server writes `bytes` and closes.
http::Reply reply_to(const std::string& bytes) {
    const TestServer server([&](int connection) {
        read_request(connection);
        write_all(connection, bytes);
    });
    LocalTransport transport(server.path());
    return exchange(transport, {.target = "/"});
}

// Root may connect to anything, so it is somebody else meanwhile.
struct AsNobody {
    AsNobody() { REQUIRE((geteuid() != 0 || seteuid(65534) == 0)); }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;
    ~AsNobody() { static_cast<void>(seteuid(getuid()) == 0); }
};

}  // namespace

TEST_CASE("a request goes out as it is described, and the reply comes back whole") {
    std::promise<std::string> seen;
    const TestServer server([&](int connection) {
        seen.set_value(read_request(connection));
        write_all(connection,
                  "HTTP/1.1 100 Continue\r\nIgnored: yes\r\n\r\n"
                  "HTTP/1.1 201 Created\r\nApi-Version: 1.41\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "3\r\nabc\r\n4\r\ndefg\r\n0\r\nTrailer: 1\r\n\r\n");
    });
    LocalTransport transport(server.path());
    const auto reply = exchange(transport, {.method = Method::post,
                                            .target = "/v1.41/a/../b?c=%20d",
                                            .headers = {{"Content-Type", "application/json"}},
                                            .body = "{\"e\":1}"});
    REQUIRE(reply);
    CHECK(reply->status == 201);
    CHECK(reply->header("api-version") == "1.41");
    CHECK(reply->header("Ignored").empty());
    CHECK(reply->body == "abcdefg");
    CHECK(seen.get_future().get() ==
          "POST /v1.41/a/../b?c=%20d HTTP/1.1\r\nHost: localhost\r\n"
          "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"e\":1}");
}

TEST_CASE("methods without a body send none") {
    std::mutex mutex;
    std::vector<std::string> seen;
    const TestServer server([&](int connection) {
        const auto request = read_request(connection);
        const std::lock_guard lock(mutex);
        seen.push_back(request);
        write_all(connection, "HTTP/1.1 204 No Content\r\n\r\n");
    });
    LocalTransport transport(server.path());
    CHECK(exchange(transport, {.method = Method::del, .target = "/a"})->status == 204);
    CHECK(exchange(transport, {.method = Method::post, .target = "/b"})->status == 204);
    const std::lock_guard lock(mutex);
    CHECK(seen == std::vector<std::string>{
                      "DELETE /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
                      "POST /b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"});
}

TEST_CASE("GETs share a connection, and every changing request has a new one") {
    const TestServer server(answer_all);
    LocalTransport transport(server.path());
    for (int count = 0; count < 3; ++count) {
        CHECK(exchange(transport, {.target = "/"})->body == "ok");
    }
    CHECK(server.connections() == 1);
    CHECK(exchange(transport, {.method = Method::post, .target = "/"})->body == "ok");
    CHECK(exchange(transport, {.method = Method::del, .target = "/"})->body == "ok");
    CHECK(server.connections() == 3);
    CHECK(exchange(transport, {.target = "/"})->body == "ok");
    CHECK(server.connections() == 3);
}

TEST_CASE("a changing request whose connection dies is not sent again") {
    std::atomic<int> posts = 0;
    const TestServer server([&](int connection) {
        if (read_request(connection).starts_with("GET")) {
            write_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            read_request(connection);
            return;
        }
        ++posts;
    });
    LocalTransport transport(server.path());
    CHECK(exchange(transport, {.target = "/"}));
    const auto reply = exchange(transport, {.method = Method::post, .target = "/"});
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == Failure::Kind::broken);
    CHECK(posts == 1);
}

TEST_CASE("a GET whose kept connection dies before the reply goes over another one") {
    std::atomic<int> requests = 0;
    const TestServer server([&](int connection) {
        for (;;) {
            if (read_request(connection).empty() || ++requests == 2) {
                return;  // without a reply to the second
            }
            write_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    });
    LocalTransport transport(server.path());
    CHECK(exchange(transport, {.target = "/"})->body == "ok");
    CHECK(exchange(transport, {.target = "/"})->body == "ok");
    CHECK(requests == 3);
    CHECK(server.connections() == 2);
}

TEST_CASE("a connection that cannot be made says why") {
    const TemporaryFolder folder;
    CHECK(failure_of(folder.path() + "/none") == Failure::Kind::no_socket);

    const auto file = folder.path() + "/file";
    std::ofstream(file) << "no socket";
    CHECK(failure_of(file) == Failure::Kind::refused);
    CHECK(failure_of(file + "/below") == Failure::Kind::no_socket);
    CHECK(failure_of("/" + std::string(200, 'a')) == Failure::Kind::unusable_address);
}

TEST_CASE("a socket that nobody listens on refuses") {
    const TemporaryFolder folder;
    const auto path = folder.path() + "/left";
    const int descriptor = support::bound_to(path);
    CHECK(failure_of(path) == Failure::Kind::refused);

    close(descriptor);
}

TEST_CASE("a socket that is not for this user denies permission") {
    const TestServer server(answer_all);
    REQUIRE(chmod(server.path().c_str(), 0) == 0);
    const AsNobody nobody;
    CHECK(failure_of(server.path()) == Failure::Kind::permission_denied);
}

TEST_CASE(
    "a peer that takes no connections holds up its own calls alone, and no longer than they may") {
    const TemporaryFolder folder;
    const auto path = folder.path() + "/socket";
    const int listener = support::bound_to(path);
    REQUIRE(listen(listener, 0) == 0);
    const int before = support::connect_to(path);  // takes the only place
    REQUIRE(before >= 0);
    const auto start = std::chrono::steady_clock::now();
    CHECK(failure_of(path, {.target = "/", .timeout = 30ms}) == Failure::Kind::unreachable);
    LocalTransport transport(path);
    std::optional<http::Reply> reply;
    transport.send({.method = Method::post, .target = "/"},
                   [&](http::Reply got) { reply = std::move(got); });
    transport.run_once(0ms);
    CHECK_FALSE(reply);
    CHECK(std::chrono::steady_clock::now() - start < 5s);

    std::jthread server([&] {
        close(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
        const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        read_request(connection);
        write_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        wait_for_close(connection);
        close(connection);
    });
    CHECK(eventually(transport, [&] { return reply.has_value(); }));
    shutdown(listener, SHUT_RDWR);
    server.join();
    REQUIRE((reply && *reply));
    CHECK((*reply)->body == "ok");
    close(before);
    close(listener);
}

TEST_CASE("a reply that breaks off is a failure") {
    CHECK(reply_to("").error().kind == Failure::Kind::broken);
    CHECK(reply_to("HTTP/1.1 200 OK\r\nContent-Le").error().kind == Failure::Kind::broken);
    CHECK(reply_to("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").error().kind ==
          Failure::Kind::broken);
    CHECK(reply_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal").error().kind ==
          Failure::Kind::broken);
    CHECK(reply_to("SSH-2.0-OpenSSH_9.2\r\n").error().kind == Failure::Kind::not_http);
}

TEST_CASE("a redirect is handed on, not followed") {
    const auto reply = reply_to(
        "HTTP/1.1 301 Moved Permanently\r\nLocation: http://localhost/x\r\nContent-Length: "
        "0\r\n\r\n");
    REQUIRE(reply);
    CHECK(reply->status == 301);
    CHECK(reply->header("Location") == "http://localhost/x");
}

TEST_CASE("an endless body and endless headers are cut off") {
    const TestServer body([](int connection) {
        read_request(connection);
        write_all(connection, "HTTP/1.1 200 OK\r\n\r\n");
        while (write_all(connection, std::string(4096, 'x'))) {
        }
    });
    CHECK(failure_of(body.path(), {.target = "/", .max_reply = 100'000}) ==
          Failure::Kind::too_large);

    const TestServer headers([](int connection) {
        read_request(connection);
        write_all(connection, "HTTP/1.1 200 OK\r\n");
        while (write_all(connection, "A: " + std::string(1000, 'x') + "\r\n")) {
        }
    });
    CHECK(failure_of(headers.path()) == Failure::Kind::too_large);
}

TEST_CASE("a reply that does not come in time is a failure") {
    const TestServer server(wait_for_close);
    CHECK(failure_of(server.path(), {.target = "/", .timeout = 30ms}) == Failure::Kind::timed_out);
}

TEST_CASE("a transport with calls in flight may go, without calling back") {
    const TestServer server(wait_for_close);
    http::StreamHandle handle;
    {
        LocalTransport transport(server.path());
        transport.send({.target = "/"}, [](const http::Reply&) { FAIL("called back"); });
        handle =
            transport.open({.target = "/", .timeout = {}},
                           {.on_head = [](const http::Response&) { FAIL("called back"); },
                            .on_data = [](std::string_view) { FAIL("called back"); },
                            .on_end = [](const std::optional<Failure>&) { FAIL("called back"); }});
        transport.run_once(0ms);
    }
    handle.close();
}
