#include <future>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

#include "catch.hpp"
#include "local_transport.hpp"
#include "test_server.hpp"

namespace {

using http::Method;
using http::SocketTransport;
using namespace std::chrono_literals;

// What this process may have open, meanwhile.
class OpenFiles {
public:
    explicit OpenFiles(rlim_t most) {
        getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit fewer{most, before_.rlim_max};
        setrlimit(RLIMIT_NOFILE, &fewer);
    }
    OpenFiles(const OpenFiles&) = delete;
    OpenFiles& operator=(const OpenFiles&) = delete;
    ~OpenFiles() { setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("no more GETs than that are in flight, and all get their reply") {
    const TestServer server(answer_all);
    LocalTransport transport(server.path());
    constexpr int calls = 200;
    int done = 0;
    for (int count = 0; count < calls; ++count) {
        transport.send({.target = "/"}, [&](const http::Reply& reply) {
            CHECK(reply);
            ++done;
        });
    }
    CHECK(eventually(transport, [&] { return done == calls; }));
    CHECK(server.connections() <= static_cast<int>(SocketTransport::most_gets));
}

TEST_CASE("no more calls are in flight than half of the files that may be open") {
    constexpr int calls = 200;
    std::promise<void> all_sent;
    const auto may_answer = all_sent.get_future().share();
    const TestServer server([&](int connection) {
        read_request(connection);
        may_answer.wait_for(20s);
        write_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
    std::optional<LocalTransport> transport;
    {
        const OpenFiles few(100);
        transport.emplace(server.path());
    }
    int done = 0;
    for (int count = 0; count < calls; ++count) {
        const auto method = count % 2 == 0 ? Method::post : Method::get;
        transport->send({.method = method, .target = "/"}, [&](const http::Reply& reply) {
            CHECK(reply);
            ++done;
        });
    }
    std::vector<http::StreamHandle> streams(2);
    int opened = 0;
    for (auto& stream : streams) {
        stream = transport->open({.target = "/"}, {.on_head = [&](const auto&) { ++opened; },
                                                   .on_data = [](std::string_view) {},
                                                   .on_end = [](const auto&) {}});
    }
    streams.front().close();
    CHECK(eventually(*transport, [&] { return server.connections() >= 50; }));
    transport->run_once(0ms);
    CHECK(server.connections() == 50);
    all_sent.set_value();
    CHECK(eventually(*transport, [&] { return done == calls && opened == 1; }));
}

// Nothing else is looked at meanwhile: a sanitizer that checks an object opens a pipe.
TEST_CASE("a connection comes later while no more files may be open") {
    const TestServer server(answer_all);
    http::UnixConnector connector(server.path());
    const auto connection = connector.connect(http::Connection::Clock::now() + 20s);
    tl::expected<std::size_t, http::Failure> written;
    {
        const int free = dup(STDIN_FILENO);
        close(free);
        const OpenFiles no_more(static_cast<rlim_t>(free));
        written = connection->write("GET");
    }
    CHECK(written == 0U);
    const auto wait = connection->wait(http::Connection::Wanted::read_and_write);
    CHECK(wait.descriptor == -1);
    std::this_thread::sleep_until(wait.until);
    CHECK(connection->write("GET") == 3U);
}

TEST_CASE("many calls run at once") {
    constexpr int calls = 8;
    std::atomic<int> arrived = 0;
    std::promise<void> all;
    const auto all_arrived = all.get_future().share();
    const TestServer server([&](int connection) {
        read_request(connection);
        if (++arrived == calls) {
            all.set_value();
        }
        all_arrived.wait_for(20s);
        write_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    LocalTransport transport(server.path());
    int done = 0;
    for (int count = 0; count < calls; ++count) {
        const auto method = count % 2 == 0 ? Method::get : Method::post;
        transport.send({.method = method, .target = "/"}, [&](const http::Reply& reply) {
            CHECK(reply);
            ++done;
        });
    }
    CHECK(eventually(transport, [&] { return done == calls; }));
    CHECK(arrived == calls);
}
