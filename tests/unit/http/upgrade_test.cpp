#include <array>
#include <optional>
#include <sys/socket.h>

#include "catch.hpp"
#include "local_transport.hpp"
#include "test_server.hpp"

namespace {

http::UpgradeReply upgrade(LocalTransport& transport) {
    std::optional<http::UpgradeReply> result;
    transport.upgrade({.method = http::Method::post,
                       .target = "/",
                       .headers = {{"Connection", "Upgrade"}, {"Upgrade", "tcp"}}},
                      [&](http::UpgradeReply reply) { result = std::move(reply); });
    REQUIRE(eventually(transport, [&] { return result.has_value(); }));
    return std::move(*result);
}

// All that comes until the peer ends.
std::string read_all(LocalTransport& transport, http::Connection& connection) {
    std::string all;
    bool ended = false;
    const auto watch = transport.reactor().watch(
        connection.wait(http::Connection::Wanted::read).descriptor, POLLIN, [&](short /*events*/) {
            std::array<char, 16> bytes{};
            const auto count = connection.read(bytes);
            ended = !count || *count == 0U;
            all.append(bytes.data(), count ? count->value_or(0) : 0);
        });
    REQUIRE(eventually(transport, [&] { return ended; }));
    return all;
}

}  // namespace

TEST_CASE("an upgrade hands over the connection, with what came behind the head") {
    const TestServer server([](int connection) {
        read_request(connection);
        write_all(connection,
                  "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nearly ");
        std::string heard;
        std::array<char, 16> bytes{};
        for (ssize_t count = 0; (count = recv(connection, bytes.data(), bytes.size(), 0)) > 0;) {
            heard.append(bytes.data(), static_cast<std::size_t>(count));
        }
        write_all(connection, "heard " + heard);
    });
    LocalTransport transport(server.path());
    auto reply = upgrade(transport);
    REQUIRE(reply);
    CHECK(reply->response.status == 101);
    REQUIRE(reply->connection != nullptr);
    CHECK(reply->connection->write("a word") == 6U);
    reply->connection->end_writing();
    CHECK(reply->already_read + read_all(transport, *reply->connection) == "early heard a word");
}

TEST_CASE("an upgrade that is refused gives the whole reply and no connection") {
    const TestServer server([](int connection) {
        read_request(connection);
        write_all(connection, "HTTP/1.1 409 Conflict\r\nContent-Length: 6\r\n\r\npaused");
    });
    LocalTransport transport(server.path());
    const auto reply = upgrade(transport);
    REQUIRE(reply);
    CHECK(reply->response.status == 409);
    CHECK(reply->response.body == "paused");
    CHECK(reply->connection == nullptr);
}

TEST_CASE("an upgrade that breaks off is a failure") {
    const TestServer server([](int connection) { read_request(connection); });
    LocalTransport transport(server.path());
    const auto reply = upgrade(transport);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == http::Failure::Kind::broken);
}
