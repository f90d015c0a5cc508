// An engine that takes a call and never answers it: the time limit and signals are heard all the
// same.

#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <string_view>

#include <fmt/format.h>

#include "catch.hpp"
#include "cli/folder.hpp"
#include "cli/socket.hpp"

using support::Ended;
using support::Process;

namespace {

constexpr auto document = R"({"id": "shop", "containers": [{"id": "db", "image": "there"}]})";

std::string reply(std::string_view body) {
    return fmt::format(
        "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\n"
        "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
        body.size(), body);
}

// What an engine with one container of `shop` says.
std::string as_engine(std::string_view request) {
    const auto asks = [&](std::string_view what) {
        return request.find(what) != std::string_view::npos;
    };
    if (asks("/_ping")) {
        return reply("OK");
    }
    if (asks("/images/")) {
        return reply(
            R"({"Id": "sha256:4444444444444444444444444444444444444444444444444444444444444444"})");
    }
    if (asks("/containers/json")) {
        return reply(
            R"([{"Id": "2222222222222222222222222222222222222222222222222222222222222222", "Names": ["/shop.db.1"], "Image": "there",
            "ImageID": "sha256:4444444444444444444444444444444444444444444444444444444444444444", "State": "exited", "Status": "Exited", "Ports": [],
            "Labels": {"pivot.appliance": "shop", "pivot.container": "db", "pivot.instance": "1"}}])");
    }
    return reply(asks("/volumes") ? R"({"Volumes": []})" : "[]");
}

// An engine that never answers the first call whose request contains `call`, nor any after it.
class SilentEngine {
public:
    explicit SilentEngine(std::string call)
        : call_(std::move(call)), socket_(folder_.path("docker.sock"), [this](const auto& request) {
              return answer(request);
          }) {}

    [[nodiscard]] Process start(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), PIVOT_BINARY);
        arguments.insert(arguments.end(), {"-H", "unix://" + folder_.path("docker.sock")});
        return Process({.command = std::move(arguments), .input = document});
    }
    void wait_until_asked() {
        REQUIRE(asked_.wait_for(std::chrono::minutes(1)) == std::future_status::ready);
    }

private:
    std::optional<std::string> answer(const std::string& request) {
        if (!is_silent_ && request.find(call_) == std::string::npos) {
            return as_engine(request);
        }
        if (!is_silent_) {
            is_silent_ = true;
            promise_.set_value();
        }
        return std::nullopt;
    }

    Folder folder_;
    std::string call_;
    bool is_silent_ = false;
    std::promise<void> promise_;
    std::future<void> asked_ = promise_.get_future();
    Socket socket_;
};

}  // namespace

TEST_CASE("the time limit of up is heard whatever the engine does not answer") {
    for (const char* call : {"/_ping", "/images/", "/containers/json", "/volumes", "/networks"}) {
        CAPTURE(call);
        SilentEngine engine(call);
        const auto begin = std::chrono::steady_clock::now();
        const Ended up = engine.start({"up", "-", "--timeout", "300ms"}).wait();
        CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
        CHECK(up.code == 5);
        CHECK(up.out.empty());
        CHECK(up.err ==
              "error: `shop` is not done after 300 ms (--timeout)\n"
              "hint: run the command again, or allow more time\n");
    }
}

TEST_CASE("a signal ends a command whose question the engine does not answer") {
    const std::vector<std::vector<std::string>> commands = {
        {"up", "-"},        {"plan", "-"},          {"status"},
        {"status", "shop"}, {"port", "shop", "db"}, {"down", "shop"}};
    for (const char* call : {"/_ping", "/containers/json"}) {
        for (const auto& command : commands) {
            for (const int signal : {SIGINT, SIGTERM}) {
                CAPTURE(call, command, signal);
                SilentEngine engine(call);
                Process process = engine.start(command);
                engine.wait_until_asked();
                process.signal(signal);
                const Ended ended = process.wait();
                CHECK(ended.code == 128 + signal);
                CHECK(ended.out.empty());
                CHECK(ended.err == (signal == SIGINT ? "interrupted: nothing was changed\n"
                                                     : "terminated: nothing was changed\n"));
            }
        }
    }
}

TEST_CASE("a status whose inspect the engine does not answer hears a signal") {
    SilentEngine engine("/containers/2222");
    Process process = engine.start({"status", "shop"});
    engine.wait_until_asked();
    process.signal(SIGINT);
    CHECK(process.wait().code == 130);
}

TEST_CASE("a second signal ends a command at once that sees a call through") {
    SilentEngine engine("DELETE /v1.41/containers/");
    Process process = engine.start({"down", "shop"});
    engine.wait_until_asked();
    process.signal(SIGTERM);
    process.wait_until_taken(SIGTERM);
    process.signal(SIGTERM);
    CHECK(process.wait().code == 143);
}
