// What an `up` waits for, how long, and what it says when it waits no more.

#include <algorithm>
#include <chrono>
#include <csignal>

#include "catch.hpp"
#include "faults/halfway.hpp"
#include "faults/proxy.hpp"

using namespace faults;
using support::container;
using support::Ended;

namespace {

bool listens(const Proxy& proxy) {
    const std::vector<Call> calls = proxy.log().calls();
    return std::any_of(calls.begin(), calls.end(), [](const Call& call) {
        return call.target.find("/events") != std::string::npos && call.status == 200;
    });
}

std::ptrdiff_t inspects(const Proxy& proxy) {
    const std::vector<Call> calls = proxy.log().calls();
    return std::count_if(calls.begin(), calls.end(), [](const Call& call) {
        return call.method == "GET" && call.status == 200 &&
               call.target.find("/json") != std::string::npos &&
               call.target.find("/containers/") != std::string::npos &&
               call.target.find("/containers/json") == std::string::npos;
    });
}

// A service that fails its check, does not hear SIGTERM, and is given an hour to end.
Json stubborn() {
    Json web = container("web", "trap : TERM; while :; do sleep 1; done");
    web["stop_grace_period"] = "1h";
    web["ports"] = {{{"container_port", 80}}};
    web["health_check"] = {{"protocol", "TCP"},
                           {"interval_seconds", 1},
                           {"grace_period_seconds", 0},
                           {"max_consecutive_failures", 1}};
    return web;
}

bool is_being_stopped(const Proxy& proxy) {
    const std::vector<Call> calls = proxy.log().calls();
    return std::any_of(calls.begin(), calls.end(), [](const Call& call) {
        return call.method == "POST" && call.target.find("/stop") != std::string::npos;
    });
}

}  // namespace

TEST_CASE("the stop of what failed takes no longer than the time limit") {
    const Halfway stopped("half-stopped");
    const Proxy proxy;
    const auto begin = std::chrono::steady_clock::now();
    const Ended up = run(faults::up({{"id", "half-stopped"}, {"containers", {stubborn()}}},
                                    {"--timeout", "6s", "-o", "json"}),
                         proxy.url());
    INFO(up.err << to_text(proxy.log().calls()));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
    CHECK(is_being_stopped(proxy));
    CHECK(up.code == 1);
    CHECK(up.err.find("`web` is not healthy") != std::string::npos);
    CHECK(Json::parse(up.out)["containers"][0]["id"] == "web");
}

TEST_CASE("a signal ends the wait for the stop of what failed") {
    const Halfway stopped("half-signal");
    const Proxy proxy;
    const auto process =
        start(faults::up({{"id", "half-signal"}, {"containers", {stubborn()}}}), proxy.url());
    REQUIRE(support::eventually([&] { return is_being_stopped(proxy); }));
    process->signal(SIGINT);
    const Ended up = process->wait();
    INFO(up.err << to_text(proxy.log().calls()));
    CHECK((up.code == 1 || up.code == 130));
}

TEST_CASE("an up that only waits changes nothing of what fails") {
    const Halfway waits("half-waits");
    Json web = container("web", "while ! test -e /die; do sleep 0.1; done; exit 1");
    REQUIRE(run(waits.up(ready_later(web), {"--no-wait"})).code == 0);
    const Proxy proxy;
    const auto process = start(waits.up(ready_later(web)), proxy.url());
    REQUIRE(support::eventually([&] { return listens(proxy); }));
    support::engine_exec("half-waits.web.1", {"touch", "/die"});
    const Ended up = process->wait();
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(waits.web()["HostConfig"]["RestartPolicy"]["Name"] == "unless-stopped");
}

TEST_CASE("an up that took too long does not wait for the checks once more") {
    const Halfway late("half-late");
    Json web = container("web", "exec nc -ll -p 80 -e sleep 1000");
    web["ports"] = {{{"container_port", 80}}};
    web["health_check"] = {{"protocol", "HTTP"}, {"timeout_seconds", 40}};
    const auto begin = std::chrono::steady_clock::now();
    const Ended up = run({{"up", "-", "--timeout", "2s"},
                          Json({{"id", "half-late"}, {"containers", {web}}}).dump()});
    INFO(up.err);
    CHECK(up.code == 5);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("a time limit tells what a check said that the engine alone has run") {
    const Halfway told("half-told");
    Json web = ready_later(version("1"));
    web["health_check"]["command"] = "echo still loading; exit 1";
    Fault newer;
    newer.api_version = "1.51";
    const Proxy proxy(newer);
    const Ended up = run(
        faults::up({{"id", "half-told"}, {"containers", {web}}}, {"--timeout", "4s", "-o", "json"}),
        proxy.url());
    INFO(up.err);
    CHECK(up.code == 5);
    CHECK(up.err.find("| still loading\n") != std::string::npos);
    CHECK(Json::parse(up.out)["containers"][0]["reason"] == "its check: still loading");
}

TEST_CASE("an engine that tells of no events is an error, not a wait for ever") {
    const Halfway deaf("half-deaf");
    Fault refused = fault(Kind::answered, "/events");
    refused.call = 0;
    refused.reply =
        "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: "
        "18\r\n\r\n{\"message\": \"no!\"}";
    const Proxy proxy(refused);
    const Ended up = run(deaf.up(version("1")), proxy.url());
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("follow the engine's events") != std::string::npos);
}

TEST_CASE("a service that was unhealthy before gets another chance") {
    const Halfway chance("half-chance");
    Json web = container("web", "touch /well; " + support::stays);
    web["health_check"] = {{"command", "test -e /well"},
                           {"interval_seconds", 1},
                           {"grace_period_seconds", 1},
                           {"max_consecutive_failures", 4}};
    REQUIRE(run(chance.up(web)).code == 0);
    support::engine_exec("half-chance.web.1", {"rm", "/well"});
    REQUIRE(support::eventually(
        [&] { return chance.web()["State"]["Health"]["Status"] == "unhealthy"; }));
    const Proxy proxy;
    const auto process = start(chance.up(web), proxy.url());
    // It has looked at it once more when it had time to listen.
    REQUIRE(support::eventually([&] { return inspects(proxy) >= 2; }));
    support::engine_exec("half-chance.web.1", {"touch", "/well"});
    const Ended up = process->wait();
    INFO(up.err << to_text(proxy.log().calls()));
    CHECK(up.code == 0);
}

TEST_CASE("what one instance waits for is not said of the others") {
    const Halfway others("half-others");
    const auto web = [](const std::string& number, const std::string& program) {
        Json json = container("web", program);
        json["env"] = {{"VERSION", number}};
        json["instances"] = 2;
        json["ports"] = {{{"container_port", 80}}};
        json["health_check"] = {
            {"protocol", "TCP"}, {"interval_seconds", 1}, {"grace_period_seconds", 1}};
        return json;
    };
    REQUIRE(run(others.up(web("1", "exec nc -ll -p 80 -e cat"))).code == 0);
    Json late = web("2", support::stays);
    late["health_check"]["grace_period_seconds"] = 60;
    const Ended up = run(faults::up({{"id", "half-others"}, {"containers", {late}}},
                                    {"--timeout", "3s", "-o", "json"}));
    INFO(up.err << up.out);
    CHECK(up.code == 5);
    CHECK(Json::parse(up.out)["containers"][0]["state"] == "running");
}
