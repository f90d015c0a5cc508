#include <memory>

#include "catch.hpp"
#include "local_transport.hpp"
#include "test_server.hpp"

namespace {

using namespace std::chrono_literals;

constexpr auto chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

// What a stream told, in order.
struct Told {
    std::string log;
    bool ended = false;

    http::StreamEvents events() {
        return {.on_head =
                    [this](const http::Response& head) {
                        log += "head " + std::to_string(head.status) + ",";
                    },
                .on_data = [this](std::string_view bytes) { log += bytes; },
                .on_end =
                    [this](const std::optional<http::Failure>& failure) {
                        log += failure ? ",failed" : ",end";
                        ended = true;
                    }};
    }
};

// Gives out events until the peer goes.
void endless(int connection) {
    read_request(connection);
    write_all(connection, chunked);
    while (write_all(connection, "1\r\nx\r\n")) {
    }
}

}  // namespace

TEST_CASE("a stream tells its head, its data and its end, in this order") {
    const TestServer server([](int connection) {
        read_request(connection);
        write_all(connection, std::string(chunked) + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    });
    LocalTransport transport(server.path());
    Told told;
    const auto handle = transport.open({.target = "/", .timeout = {}}, told.events());
    CHECK(told.log.empty());
    REQUIRE(eventually(transport, [&] { return told.ended; }));
    CHECK(told.log == "head 200,abcde,end");
}

TEST_CASE("a stream opens before its first data comes") {
    const TestServer server([](int connection) {
        read_request(connection);
        write_all(connection, chunked);
        wait_for_close(connection);
    });
    LocalTransport transport(server.path());
    Told told;
    const auto handle = transport.open({.target = "/", .timeout = {}}, told.events());
    REQUIRE(eventually(transport, [&] { return !told.log.empty(); }));
    CHECK(told.log == "head 200,");
}

TEST_CASE("the time of a stream is that of its head, and of a refusal") {
    const TestServer server([](int connection) {
        const auto request = read_request(connection);
        if (request.starts_with("GET /opens")) {
            write_all(connection, chunked);
        } else if (request.starts_with("GET /refuses")) {
            write_all(connection, "HTTP/1.1 500 Oops\r\n\r\nbecause");
        }
        wait_for_close(connection);
    });
    LocalTransport transport(server.path());
    Told opens;
    Told refuses;
    Told silent;
    const auto first = transport.open({.target = "/opens", .timeout = 200ms}, opens.events());
    const auto second = transport.open({.target = "/refuses", .timeout = 200ms}, refuses.events());
    const auto third = transport.open({.target = "/silent", .timeout = 200ms}, silent.events());
    bool later = false;
    transport.send({.target = "/silent", .timeout = 400ms},
                   [&](const http::Reply&) { later = true; });
    REQUIRE(eventually(transport, [&] { return later; }));
    CHECK(opens.log == "head 200,");
    CHECK(refuses.log == "head 500,because,failed");
    CHECK(silent.log == ",failed");
}

TEST_CASE("a stream that breaks off fails after its data") {
    const TestServer server([](int connection) {
        read_request(connection);
        write_all(connection, std::string(chunked) + "3\r\nabc\r\n5\r\nd");
    });
    LocalTransport transport(server.path());
    Told told;
    const auto handle = transport.open({.target = "/", .timeout = {}}, told.events());
    REQUIRE(eventually(transport, [&] { return told.ended; }));
    CHECK(told.log == "head 200,abcd,failed");
}

TEST_CASE("dropping the handle ends the stream at the peer too") {
    std::atomic<bool> closed = false;
    const TestServer server([&](int connection) {
        endless(connection);
        closed = true;
    });
    LocalTransport transport(server.path());
    Told told;
    auto handle = std::make_unique<http::StreamHandle>(
        transport.open({.target = "/", .timeout = {}}, told.events()));
    REQUIRE(eventually(transport, [&] { return told.log.ends_with('x'); }));
    handle.reset();
    const auto told_before = told.log;
    CHECK(eventually(transport, [&] {
        transport.run_once(1ms);
        return closed.load();
    }));
    CHECK(told.log == told_before);
}

TEST_CASE("a callback may drop its own stream, another one, and send more") {
    const TestServer server([](int connection) {
        if (read_request(connection).starts_with("GET /stream")) {
            write_all(connection, chunked);
            while (write_all(connection, "1\r\nx\r\n")) {
            }
        } else {
            write_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    });
    LocalTransport transport(server.path());
    // The callbacks hold the handles, as those of a careless caller would.
    const auto handles = std::make_shared<std::vector<http::StreamHandle>>();
    int heads = 0;
    std::string reply;
    for (int count = 0; count < 2; ++count) {
        handles->push_back(transport.open(
            {.target = "/stream", .timeout = {}},
            {.on_head = [&](const http::Response&) { ++heads; },
             .on_data =
                 [&, handles](std::string_view) {
                     handles->clear();
                     transport.send({.target = "/"}, [&](http::Reply got) { reply = got->body; });
                 },
             .on_end = [](const std::optional<http::Failure>&) { FAIL("ended"); }}));
    }
    CHECK(eventually(transport, [&] { return reply == "ok"; }));
    CHECK(heads >= 1);
}
