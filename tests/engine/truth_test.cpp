// What is told and what is so: causes that `up` saw, checks of images, what a person did to a
// container, ways back.

#include <algorithm>
#include <ctime>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

// An image of its own, gone at its end: pivot-test with a change as in a Dockerfile.
class Committed {
public:
    Committed(std::string name, const Json& config) : name_(std::move(name)) {
        const std::string id =
            engine_post("/containers/create", {{"Image", "pivot-test"}})["Id"].get<std::string>();
        engine_post("/commit?container=" + id + "&repo=" + name_, config);
        engine_delete("/containers/" + id);
    }
    Committed(const Committed&) = delete;
    Committed& operator=(const Committed&) = delete;
    ~Committed() { engine_delete("/images/" + name_ + "?force=1"); }

private:
    std::string name_;
};

Json image_check(const std::string& command) {
    constexpr int second = 1'000'000'000;
    return {
        {"Healthcheck", {{"Test", {"CMD-SHELL", command}}, {"Interval", second}, {"Retries", 2}}}};
}

Json with_image(Json container, const std::string& image) {
    container["image"] = image;
    return container;
}

Json ignores_sigterm(const std::string& id, const std::string& version) {
    Json web =
        container(id, "trap '' TERM; test $VERSION = 1 || exit 3; while :; do sleep 1; done");
    web["env"] = {{"VERSION", version}};
    web["stop_grace_period"] = "3s";
    return web;
}

// Names and IDs of the containers, and whether they run.
Json there(const std::string& appliance) {
    Json all = Json::object();
    for (const auto& [name, id] : container_ids(appliance)) {
        all[name] = {{"id", id},
                     {"runs", engine_get("/containers/" + id + "/json")["State"]["Running"]}};
    }
    return all;
}

}  // namespace

TEST_CASE(
    "up waits for the check that an image declares, and starts nothing that needs it before") {
    const Committed image("pivot-checked", image_check("test -e /ready"));
    const Deployed shop("declared");
    const Json db =
        with_image(container("db", "sleep 0.5; touch /ready; " + stays), "pivot-checked");
    Json web = container("web", stays);
    web["dependencies"] = {"db"};
    const Ended up = shop.up({{"containers", {db, web}}});
    INFO(up.err);
    CHECK(up.code == 0);
    auto events = container_events("declared");
    std::erase_if(events, [](const auto& event) { return !event.starts_with("start"); });
    CHECK(events == std::vector<std::string>{"start db.1", "start web.1"});
    CHECK(engine_exec("declared.db.1", {"ls", "/ready"}) == "/ready\n");
    CHECK(shop.status()["state"] == "running");
}

TEST_CASE("a check that an image declares and that fails fails up and status alike", "[newer]") {
    const Committed image("pivot-unwell", image_check("echo no way; exit 1"));
    const Deployed shop("unwell");
    const Json db = with_image(container("db"), "pivot-unwell");
    const Ended up = shop.up({{"containers", {db}}});
    CHECK(up.code == 1);
    CHECK(up.err.find("error: `db` is not healthy: its check failed 2 times in a row\n") !=
          std::string::npos);
    CHECK(up.err.find("| no way\n") != std::string::npos);
    CHECK(shop.status()["containers"][0]["state"] == "failed");
    CHECK(shop.status()["containers"][0]["reason"] == "unhealthy: no way");
    SECTION("it can be switched off") {
        Json off = db;
        off["health_check"] = {{"protocol", "NONE"}};
        CHECK(shop.up({{"containers", {off}}}).code == 0);
        CHECK(shop.status()["state"] == "running");
    }
}

TEST_CASE("status tells the cause that up saw, not how up stopped it") {
    const Deployed shop("cause");
    Json web = container("web", "exec nc -ll -p 81 -e cat");
    web["ports"] = {{{"container_port", 80}}};
    web["health_check"] = {{"protocol", "TCP"},
                           {"interval_seconds", 0.2},
                           {"grace_period_seconds", 0},
                           {"max_consecutive_failures", 2}};
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    CHECK(up.code == 1);
    const Json now = shop.status()["containers"][0];
    CHECK(now["state"] == "failed");
    CHECK(now["reason"] == "unhealthy: connection refused");
    SECTION("until it runs") {
        web["cmd"] = "exec nc -ll -p 80 -e cat";
        CHECK(shop.up({{"containers", {web}}}).code == 0);
        CHECK(shop.status()["containers"][0].contains("reason") == false);
        CHECK(belongings("cause")["volumes"] == Json{"pivot.cause.3"});
    }
}

TEST_CASE("a failed update tells its cause in status, where the old one runs") {
    const Deployed shop("cause-update");
    REQUIRE(shop.up({{"containers", {ignores_sigterm("web", "1")}}}).code == 0);
    CHECK(shop.up({{"containers", {ignores_sigterm("web", "2")}}}).code == 1);
    CHECK(shop.status()["containers"][0]["reason"] ==
          "the last update failed (exit code 3): the old one runs");
}

TEST_CASE("after a failed update the engine holds what it held before", "[newer]") {
    const Deployed shop("as-before");
    Json web = ignores_sigterm("web", "1");
    web["instances"] = 2;
    REQUIRE(shop.up({{"containers", {web, container("db")}}}).code == 0);
    const Json before = there("as-before");
    web["env"] = {{"VERSION", "2"}};
    Json extra = container("extra");
    extra["dependencies"] = {"web"};
    const Ended up = shop.up({{"containers", {web, container("db"), extra}}});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("the old `web.1` runs again; nothing was lost\n") != std::string::npos);
    CHECK(up.err.find("not started because of it: `extra`\n") != std::string::npos);
    CHECK(there("as-before") == before);
}

TEST_CASE("the ways back of many go side by side") {
    constexpr int number = 6;
    const Deployed shop("side-by-side");
    const auto document = [](const std::string& version) {
        Json containers = Json::array();
        for (int i = 1; i <= number; ++i) {
            Json one = container("web" + std::to_string(i),
                                 "trap '' TERM; touch /here; while :; do sleep 1; done");
            one["env"] = {{"VERSION", version}};
            one["stop_grace_period"] = "2s";
            // The second version never gets ready.
            one["health_check"] = {{"command", "test $VERSION = 1"},
                                   {"interval_seconds", 0.2},
                                   {"grace_period_seconds", 0},
                                   {"max_consecutive_failures", 10}};
            containers.push_back(one);
        }
        return Json{{"containers", containers}};
    };
    REQUIRE(shop.up(document("1")).code == 0);
    const Json before = there("side-by-side");
    const Ended up = shop.up(document("2"));
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(there("side-by-side") == before);
    // One after the other, each would begin again 2 s after the one before.
    std::vector<std::time_t> began;
    for (const auto& [name, id] : container_ids("side-by-side")) {
        const std::string text = engine_get("/containers/" + id + "/json")["State"]["StartedAt"];
        std::tm time{};
        REQUIRE(strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &time) != nullptr);
        began.push_back(timegm(&time));
    }
    const auto [first, last] = std::minmax_element(began.begin(), began.end());
    CHECK(*last - *first < 2 * (number - 1) - 2);
}

TEST_CASE("the time limit is told when it passes, also while an old one is being stopped") {
    const Deployed shop("told-at-once");
    Json web = ignores_sigterm("web", "1");
    web["stop_grace_period"] = "8s";
    REQUIRE(shop.up({{"containers", {web}}}).code == 0);
    const Json before = there("told-at-once");
    web["env"] = {{"VERSION", "2"}};
    Process up({.command = {PIVOT_BINARY, "up", "-", "--timeout", "1s"},
                .input = Json{{"id", "told-at-once"}, {"containers", {web}}}.dump()});
    up.wait_for_error_output("error: `web` is not ready after 1 s (--timeout)\n");
    CHECK(engine_get("/containers/told-at-once.web.1/json")["State"]["Running"] == true);
    const Ended ended = up.wait();
    INFO(ended.err);
    CHECK(ended.code == 5);
    CHECK(ended.err.ends_with("\nthe old `web.1` runs again; nothing was lost\n"));
    CHECK(there("told-at-once") == before);
}

TEST_CASE("who ignores the signal that stops is named, with what helps") {
    const Deployed shop("deaf");
    REQUIRE(shop.up({{"containers", {ignores_sigterm("web", "1")}}}).code == 0);
    const Ended down = pivot({"down", "deaf"});
    CHECK(down.code == 0);
    CHECK(down.err.find("warning: `web` ignored its stop signal for 3 s and was killed\n") !=
          std::string::npos);
    CHECK(down.err.find("`init`") != std::string::npos);
    CHECK(down.err.find("`stop_signal`") != std::string::npos);
}

TEST_CASE("a container that somebody took off its network is put on it again", "[newer]") {
    const Deployed shop("off-network");
    const Json document = {{"containers", {container("web"), container("db")}}};
    REQUIRE(shop.up(document).code == 0);
    const auto before = container_ids("off-network");
    engine_post("/networks/pivot-off-network/disconnect",
                {{"Container", before.at("off-network.web.1")}});
    const Ended up = shop.up(document);
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(
        engine_exec("off-network.db.1", {"nslookup", "web", "127.0.0.11"}).find("can't resolve") ==
        std::string::npos);
    CHECK(container_ids("off-network").at("off-network.db.1") == before.at("off-network.db.1"));
    CHECK(engine_get("/containers/off-network.web.1/json")["NetworkSettings"]["Networks"].contains(
        "pivot-off-network"));
}

TEST_CASE("a container that was started again has its grace period again") {
    const Deployed shop("grace");
    Json web = container("web", "sleep 3; touch /ready; " + stays);
    web["health_check"] = {{"command", "test -e /ready"},
                           {"interval_seconds", 0.2},
                           {"grace_period_seconds", 30},
                           {"max_consecutive_failures", 2}};
    REQUIRE(shop.up({{"containers", {web}}}).code == 0);
    engine_exec("grace.web.1", {"rm", "/ready"});
    engine_post("/containers/grace.web.1/restart?t=0");
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(engine_exec("grace.web.1", {"ls", "/ready"}) == "/ready\n");
}

TEST_CASE("so has one whose check pivot runs itself, after an up that was interrupted") {
    const Deployed shop("grace-tcp");
    Json web = container("web", "sleep 3; exec nc -ll -p 80 -e cat");
    web["ports"] = {{{"container_port", 80}}};
    web["health_check"] = {{"protocol", "TCP"},
                           {"interval_seconds", 0.2},
                           {"grace_period_seconds", 30},
                           {"max_consecutive_failures", 2}};
    REQUIRE(shop.up({{"containers", {web}}}, {"--no-wait"}).code == 0);
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    CHECK(up.code == 0);
}
