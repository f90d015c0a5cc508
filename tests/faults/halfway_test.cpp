// What an `up` meets half way: an old one that cannot serve any more, a crash of what it replaces,
// an end in the moment in which nothing runs.

#include "faults/halfway.hpp"

#include <algorithm>
#include <chrono>

#include "catch.hpp"
#include "faults/proxy.hpp"

using namespace faults;
using support::container;
using support::container_ids;
using support::Ended;
using support::engine_post;

namespace {

// Kills an update when the candidate runs and is not ready yet.
void kill_when_started(const Command& update) {
    const auto process = start(update);
    process->wait_for_error_output("started web.1.next");
    process->signal(SIGKILL);
    REQUIRE(process->wait().code == 128 + SIGKILL);
}

Json with_port(Json web, int host_port) {
    web["ports"] = {{{"container_port", 80}, {"host_port", host_port}}};
    return web;
}

std::vector<std::string> environment(const Json& detail) { return detail["Config"]["Env"]; }

bool has(const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

bool touch_ready(const std::string& name) {
    return support::engine_exec(name, {"touch", "/ready"}).empty();
}

}  // namespace

TEST_CASE("an old one that cannot start any more does not keep a third document from coming up") {
    const Halfway old("half-old");
    REQUIRE(run(old.up(with_port(version("1"), 18080))).code == 0);
    kill_when_started(old.up(ready_later(with_port(version("2"), 18081))));
    engine_post("/containers/create?name=half-squatter",
                {{"Image", "pivot-test"},
                 {"Cmd", {"sleep", "1000"}},
                 {"ExposedPorts", {{"80/tcp", Json::object()}}},
                 {"HostConfig", {{"PortBindings", {{"80/tcp", {{{"HostPort", "18080"}}}}}}}}});
    engine_post("/containers/half-squatter/start");
    const Ended up = run(old.up(with_port(version("3"), 18082)));
    support::engine_delete("/containers/half-squatter?force=1");
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(up.err.find("`web.1` does not start: ") != std::string::npos);
    CHECK(has(environment(old.web()), "VERSION=3"));
    CHECK(container_ids("half-old").size() == 1);
}

TEST_CASE(
    "an old one between two crashes whose candidate is taken back is started and waited for") {
    const Halfway loop("half-loop");
    Json web = container("web", "test -e /tmp/well || exit 1; " + support::stays);
    web["health_check"] = {{"command", "true"}, {"interval_seconds", 1}};
    REQUIRE(run(loop.up(web, {"--no-wait"})).code == 0);
    REQUIRE(support::eventually([&] {
        const Json now = loop.web();
        return now["State"]["Status"] == "restarting" && now["RestartCount"] >= 5;
    }));
    Json labels = loop.web()["Config"]["Labels"];
    for (auto& [name, value] : labels.items()) {
        if (name.find("fingerprint") != std::string::npos) {
            value = "1-0 image=0";
        }
    }
    engine_post("/containers/create?name=half-loop.web.1.next",
                {{"Image", "pivot-test"}, {"Labels", labels}});
    const Ended up = run(loop.up(web, {"--settle", "2s"}));
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("`web` exited with code 1") != std::string::npos);
    CHECK(container_ids("half-loop").size() == 1);
}

TEST_CASE("a candidate that got healthy while nobody listened takes over, whatever the engine") {
    const Halfway heard("half-heard");
    const auto document = [](Json web) {
        web["dependencies"] = {"db"};
        return up({{"id", "half-heard"}, {"containers", {container("db"), web}}},
                  {"--timeout", "30s"});
    };
    REQUIRE(run(document(version("1"))).code == 0);
    const Command next = document(ready_later(version("2")));
    kill_when_started(next);
    REQUIRE(touch_ready("half-heard.web.1.next"));
    REQUIRE(support::eventually(
        [&] { return heard.candidate()["State"]["Health"]["Status"] == "healthy"; }));
    engine_post("/containers/half-heard.db.1/stop?t=0");  // which is started first then
    Fault newer;
    newer.api_version = "1.51";
    const Proxy proxy(newer);
    const Ended up = run(next, proxy.url());
    INFO(up.err << to_text(proxy.log().calls()));
    CHECK(up.code == 0);
    CHECK(has(environment(heard.web()), "VERSION=2"));
}

TEST_CASE("what is replaced may crash meanwhile: its replacement is the remedy") {
    const Halfway crash("half-crash");
    Json web = container("web", "sleep 2; exit 1");
    REQUIRE(run(crash.up(web, {"--no-wait"})).code == 0);
    Fault slow = fault(Kind::delayed, "web.1.next");
    slow.delay = std::chrono::milliseconds(3000);
    const Proxy proxy(slow);
    const Ended up = run(crash.up(version("2")), proxy.url());
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(has(environment(crash.web()), "VERSION=2"));
}

TEST_CASE("one instance that does not start is no failure where fewer are enough") {
    const Halfway few("half-few");
    Json web = version("1");
    web["instances"] = 2;
    web["minimum_capacity"] = 0.5;
    Fault refused = fault(Kind::status_500, "/start");
    refused.call = 2;
    const Proxy proxy(refused);
    const Ended up = run(few.up(web), proxy.url());
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(up.err.find(" does not start: ") != std::string::npos);
}

TEST_CASE("one instance that ends is no failure where fewer are enough") {
    const Halfway ends("half-ends");
    Json web = container("web", "case $(hostname) in web-1) exit 1;; esac; " + support::stays);
    web["instances"] = 2;
    web["minimum_capacity"] = 0.5;
    const Ended up = run(ends.up(web, {"--settle", "2s"}));
    INFO(up.err);
    CHECK(up.code == 0);
}

TEST_CASE("an up that ends between stop and start starts what it stopped") {
    const Halfway ended("half-ended");
    Json web = container("web", "test -e /data/well || exit 1; " + support::stays);
    web["volumes"] = Json::array({support::data_mount()});
    Json other = container("other", "touch /data/well; " + support::stays);
    other["volumes"] = Json::array({support::data_mount()});
    web["dependencies"] = {"other"};
    const Json document = {{"id", "half-ended"},
                           {"data_persistence", support::data_volume()},
                           {"containers", {other, web}}};
    REQUIRE(run(up(document)).code == 0);
    for (const Kind kind : {Kind::signalled, Kind::delayed}) {
        support::engine_exec("half-ended.other.1", {"rm", "/data/well"});
        engine_post("/containers/half-ended.web.1/restart?t=0");
        REQUIRE(support::eventually([&] {
            const Json now = ended.web();
            return now["State"]["Status"] == "restarting" && now["RestartCount"] >= 5;
        }));
        support::engine_exec("half-ended.other.1", {"touch", "/data/well"});
        Fault at_stop = fault(kind, "/stop");
        at_stop.delay = std::chrono::milliseconds(kind == Kind::signalled ? 50 : 3000);
        const Proxy proxy(at_stop);
        const Ended up = run(faults::up(document, {"--timeout", "1s"}), proxy.url());
        INFO(to_text(kind) << "\n" << up.err << to_text(proxy.log().calls()));
        CHECK(up.code == (kind == Kind::signalled ? 128 + SIGTERM : 5));
        CHECK(ended.web()["State"]["Status"] == "running");
    }
}

TEST_CASE("a container that somebody renamed is not made a second time beside it") {
    const Halfway other("half-other");
    REQUIRE(run(other.up(version("1"))).code == 0);
    engine_post("/containers/half-other.web.1/rename?name=half-web-old");
    const Ended up = run(other.up(version("1")));
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err ==
          "error: container `half-web-old` is `half-other.web.1` under another name, and runs\n"
          "hint: nothing was changed; give it its name back with `docker rename half-web-old "
          "half-other.web.1`, or stop it with `docker stop half-web-old`\n");
    engine_post("/containers/half-web-old/rename?name=half-other.web.1");
    CHECK(run(other.up(version("1"))).code == 0);
}
