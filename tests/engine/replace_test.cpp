// What changed is replaced without loss: the new one has to be ready before the old one goes.

#include <algorithm>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

// Ready once /data/VERSION is there.
Json web(const std::string& version) {
    Json result = container("web");
    result["env"] = {{"VERSION", version}};
    result["volumes"] = Json::array({data_mount()});
    result["health_check"] = {{"command", "echo version $VERSION; test -e /data/$VERSION"},
                              {"interval_seconds", 0.2},
                              {"grace_period_seconds", 0},
                              {"max_consecutive_failures", 3}};
    return result;
}

// `files` marks the versions that become ready.
Json document(const Json& web) {
    Json files = job("files", "touch /data/1 /data/2");
    files["volumes"] = Json::array({data_mount()});
    Json waits = web;
    waits["dependencies"] = {"files"};
    return {{"data_persistence", data_volume()}, {"containers", {files, waits}}};
}

std::vector<std::string> events_after(const std::string& appliance, std::size_t count) {
    const auto all = container_events(appliance);
    REQUIRE(all.size() >= count);
    return {all.begin() + static_cast<std::ptrdiff_t>(count), all.end()};
}

Json patient(Json web) {
    web["health_check"]["max_consecutive_failures"] = 1000;
    return web;
}

}  // namespace

TEST_CASE("the old one is deleted only when the new one is ready, and the new one takes its name",
          "[newer]") {
    const Deployed shop("swap");
    REQUIRE(shop.up(document(web("1"))).code == 0);
    const auto before = container_ids("swap");
    const auto count = container_events("swap").size();
    const Ended up = shop.up(document(web("2")));
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(events_after("swap", count) == std::vector<std::string>{"create web.1.next", "stop web.1",
                                                                  "start web.1.next",
                                                                  "destroy web.1", "rename web.1"});
    const auto after = container_ids("swap");
    CHECK(after.size() == 2);
    CHECK(after.at("swap.files.1") == before.at("swap.files.1"));
    CHECK(after.at("swap.web.1") != before.at("swap.web.1"));
    CHECK(engine_exec("swap.web.1", {"sh", "-c", "echo $VERSION; hostname"}) == "2\nweb-1\n");
    CHECK(belongings("swap")["volumes"] == Json{"pivot.swap.2", "swap.data"});
}

TEST_CASE("an update that does not get ready is taken back: the same old one runs with its data",
          "[newer]") {
    const Deployed shop("back");
    REQUIRE(shop.up(document(web("1"))).code == 0);
    const auto before = container_ids("back");
    (void)engine_exec("back.web.1", {"touch", "/mine"});
    const Ended up = shop.up(document(web("3")));
    CHECK(up.code == 1);
    INFO(up.err);
    CHECK(up.err.find("error: `web` did not get ready after its update: `web` is not healthy: its "
                      "check failed 3 times in a row\n"
                      "  --> <stdin>:15:5\n"
                      "  its check: `echo version $VERSION; test -e /data/$VERSION`\n"
                      "  | version 3\n"
                      "hint: ") != std::string::npos);
    CHECK(up.err.ends_with("\nthe old `web` runs again; nothing was lost\n"));
    CHECK(container_ids("back") == before);
    CHECK(engine_exec("back.web.1", {"sh", "-c", "ls /mine; echo $VERSION"}) == "/mine\n1\n");
    const Json now = shop.status()["containers"][1];
    CHECK(now["state"] == "running");
    CHECK(now["reason"] == "the last update failed (unhealthy: version 3): the old one runs");

    SECTION("the old document is right again, and only the records are put in order") {
        const auto count = container_events("back").size();
        CHECK(shop.up(document(web("1"))).code == 0);
        CHECK(events_after("back", count).empty());
        CHECK(belongings("back")["volumes"] == Json{"back.data", "pivot.back.4"});
    }
    SECTION("one that is better gets its turn") {
        CHECK(shop.up(document(web("2"))).code == 0);
        CHECK(container_ids("back").at("back.web.1") != before.at("back.web.1"));
    }
}

TEST_CASE("an update whose program dies or cannot start is taken back") {
    const Deployed shop("broken");
    Json old = container("web");
    REQUIRE(shop.up({{"containers", {old}}}).code == 0);
    const auto before = container_ids("broken");
    Json broken = old;
    std::string headline;
    SECTION("it dies") {
        broken["cmd"] = "echo oh; exit 6";
        headline = "`web` exited with code 6";
    }
    SECTION("it cannot start") {
        broken.erase("cmd");
        broken["args"] = {"/bin/nope"};
        headline = "`web` could not be started: ";
    }
    const Ended up = shop.up({{"containers", {broken}}}, {"--settle", "10s"});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("error: `web` did not get ready after its update: " + headline) !=
          std::string::npos);
    CHECK(up.err.ends_with("\nthe old `web` runs again; nothing was lost\n"));
    CHECK(container_ids("broken") == before);
    CHECK(belongings("broken")["containers"] == Json{{"broken.web.1", "running"}});
    CHECK(shop.up({{"containers", {old}}}).code == 0);
    CHECK(container_ids("broken") == before);
}

TEST_CASE("an update that is not ready within the time limit is taken back") {
    const Deployed shop("slow");
    REQUIRE(shop.up(document(web("1"))).code == 0);
    const auto before = container_ids("slow");
    const Ended up = shop.up(document(patient(web("3"))), {"--timeout", "5s"});
    INFO(up.err);
    CHECK(up.code == 5);
    CHECK(up.err.find("error: `web` is not healthy after 5 s (--timeout)\n"
                      "  --> <stdin>:15:5\n"
                      "  its check: `echo version $VERSION; test -e /data/$VERSION`\n"
                      "  | version 3\n"
                      "hint: the update is taken back; ") != std::string::npos);
    CHECK(up.err.ends_with("\nthe old `web.1` runs again; nothing was lost\n"));
    CHECK(container_ids("slow") == before);
    CHECK(belongings("slow")["containers"] ==
          Json{{"slow.files.1", "exited"}, {"slow.web.1", "running"}});
}

TEST_CASE("instances are replaced one at a time", "[newer]") {
    const Deployed shop("turns");
    Json two = web("1");
    two["instances"] = 2;
    REQUIRE(shop.up(document(two)).code == 0);
    const auto count = container_events("turns").size();
    two["env"]["VERSION"] = "2";
    REQUIRE(shop.up(document(two)).code == 0);
    auto events = events_after("turns", count);
    REQUIRE(events.size() == 10);
    std::sort(events.begin(), events.begin() + 2);  // both are created at once
    CHECK(events == std::vector<std::string>{"create web.1.next", "create web.2.next", "stop web.1",
                                             "start web.1.next", "destroy web.1", "rename web.1",
                                             "stop web.2", "start web.2.next", "destroy web.2",
                                             "rename web.2"});
}

TEST_CASE("what a killed up left is finished by the next, or taken back", "[newer]") {
    const Deployed shop("killed");
    REQUIRE(shop.up(document(web("1"))).code == 0);
    const auto before = container_ids("killed");
    Json next = document(patient(web("3")));
    next["id"] = "killed";
    {
        Process up({.command = {PIVOT_BINARY, "up", "-"}, .input = next.dump()});
        up.wait_for_error_output("started web.1.next");
        up.signal(SIGKILL);
        CHECK(up.wait().code == 128 + SIGKILL);
    }
    const std::string candidate = container_ids("killed").at("killed.web.1.next");
    CHECK(belongings("killed")["containers"] == Json{{"killed.files.1", "exited"},
                                                     {"killed.web.1", "exited"},
                                                     {"killed.web.1.next", "running"}});
    const Ended status = pivot({"status", "killed"});
    CHECK(status.code == 1);
    CHECK(shop.status()["containers"][1]["state"] == "pending");
    CHECK(shop.status()["containers"][1]["reason"] == "its update is not finished");

    SECTION("the same document: the new one takes over once it is ready") {
        (void)engine_exec("killed.web.1.next", {"touch", "/data/3"});
        const Ended up = shop.up(next);
        INFO(up.err);
        CHECK(up.code == 0);
        CHECK(container_ids("killed").at("killed.web.1") == candidate);
    }
    SECTION("the old document: the old one runs again") {
        CHECK(shop.up(document(web("1"))).code == 0);
        CHECK(container_ids("killed") == before);
    }
    SECTION("another document: its own runs") {
        CHECK(shop.up(document(web("2"))).code == 0);
        CHECK(container_ids("killed").at("killed.web.1") != candidate);
        CHECK(engine_exec("killed.web.1", {"sh", "-c", "echo $VERSION"}) == "2\n");
    }
    SECTION("down takes both away") {
        CHECK(pivot({"down", "killed"}).code == 0);
        CHECK(container_ids("killed").empty());
        return;
    }
    CHECK(container_ids("killed").size() == 2);
    CHECK(shop.status()["state"] == "running");
    CHECK(belongings("killed")["volumes"].size() == 2);
}
