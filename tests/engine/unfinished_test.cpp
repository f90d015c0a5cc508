// What an earlier `up`, a person or a crash left half done, in states that are rare and were once
// met wrongly.

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

Json state_of(const std::string& name) { return engine_get("/containers/" + name + "/json"); }

// Between two crashes, and for a while.
bool is_between_crashes(const std::string& name) {
    const Json detail = state_of(name);
    return detail["State"]["Status"] == "restarting" && detail["RestartCount"] >= 5;
}

Json checked(Json web) {
    web["health_check"] = {{"command", "true"}, {"interval_seconds", 1}};
    return web;
}

}  // namespace

TEST_CASE("an up that was killed before its last rename leaves an instance that counts") {
    const Deployed shop("renames");
    Json web = checked(container("web"));
    web["instances"] = 2;
    const Json document = {{"containers", {web}}};
    REQUIRE(shop.up(document).code == 0);
    const auto before = container_ids("renames");
    engine_post("/containers/renames.web.1/rename?name=renames.web.1.next");
    const Ended up = shop.up(document, {"--timeout", "30s"});
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(container_ids("renames") == before);
}

TEST_CASE("without waiting too, a candidate that runs counts for those that need it") {
    const Deployed shop("hasty");
    Json web = checked(container("web"));
    Json front = container("front");
    front["dependencies"] = {"web"};
    REQUIRE(shop.up({{"containers", {web, front}}}).code == 0);
    web["env"] = {{"VERSION", "2"}};
    web["health_check"]["command"] = "test -e /ready";
    web["health_check"]["grace_period_seconds"] = 60;
    const Json next = {{"id", "hasty"}, {"containers", {web, front}}};
    {
        Process up({.command = {PIVOT_BINARY, "up", "-"}, .input = next.dump()});
        up.wait_for_error_output("started web.1.next");
        up.signal(SIGKILL);
        CHECK(up.wait().code == 128 + SIGKILL);
    }
    (void)engine_exec("hasty.web.1.next", {"touch", "/ready"});
    engine_delete("/containers/hasty.front.1?force=1");
    const Ended up = shop.up(next, {"--no-wait", "--timeout", "30s"});
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(belongings("hasty")["containers"] ==
          Json{{"hasty.front.1", "running"}, {"hasty.web.1", "running"}});
}

TEST_CASE("a candidate in a crash loop does not get the place of the old one") {
    const Deployed shop("loops");
    REQUIRE(shop.up({{"containers", {container("web")}}}).code == 0);
    const auto before = container_ids("loops");
    const Json next = {{"id", "loops"}, {"containers", {container("web", "sleep 0.5; exit 1")}}};
    {
        Process up({.command = {PIVOT_BINARY, "up", "-", "--settle", "1m"}, .input = next.dump()});
        up.wait_for_error_output("started web.1.next");
        up.signal(SIGKILL);
        CHECK(up.wait().code == 128 + SIGKILL);
    }
    REQUIRE(eventually([] { return is_between_crashes("loops.web.1.next"); }));
    const Ended up = shop.up(next, {"--settle", "1s"});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("the old `web` runs again; nothing was lost") != std::string::npos);
    CHECK(container_ids("loops") == before);
    CHECK(state_of("loops.web.1")["State"]["Status"] == "running");
}

TEST_CASE("a service between two crashes is started at once when what it missed is there") {
    const Deployed shop("crashed");
    Json web = container("web", "test -e /data/needed || exit 1; " + stays);
    web["volumes"] = Json::array({data_mount()});
    Json other = container("other", "touch /data/needed; " + stays);
    other["volumes"] = Json::array({data_mount()});
    web["dependencies"] = {"other"};
    const Json document = {{"data_persistence", data_volume()}, {"containers", {other, web}}};
    REQUIRE(shop.up(document).code == 0);
    const auto before = container_ids("crashed");
    (void)engine_exec("crashed.other.1", {"rm", "/data/needed"});
    engine_post("/containers/crashed.web.1/restart?t=0");
    REQUIRE(eventually([] { return is_between_crashes("crashed.web.1"); }));
    (void)engine_exec("crashed.other.1", {"touch", "/data/needed"});
    const Ended up = shop.up(document);
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(container_ids("crashed") == before);
    CHECK(state_of("crashed.web.1")["State"]["Status"] == "running");
    CHECK(state_of("crashed.web.1")["HostConfig"]["RestartPolicy"]["Name"] == "unless-stopped");
}

TEST_CASE("a job that is done is not done again when the network has to be made anew") {
    const Deployed shop("once");
    Json migrate = job("migrate", "echo ran >> /data/runs");
    migrate["volumes"] = Json::array({data_mount()});
    Json web = container("web");
    web["volumes"] = Json::array({data_mount()});
    web["dependencies"] = {"migrate"};
    Json document = {{"data_persistence", data_volume()}, {"containers", {migrate, web}}};
    REQUIRE(shop.up(document).code == 0);
    const auto before = container_ids("once");
    Json joins = container("joins");
    joins["network_mode"] = "host";
    joins["env"] = {{"WEB", "@web"}};
    document["containers"].push_back(joins);
    for (int round = 0; round < 2; ++round) {
        const Ended up = shop.up(document);
        INFO(up.err);
        CHECK(up.code == 0);
        CHECK(container_ids("once").at("once.migrate.1") == before.at("once.migrate.1"));
        CHECK(engine_exec("once.web.1", {"cat", "/data/runs"}) == "ran\n");
    }
    CHECK(pivot({"down", "once"}).code == 0);
    CHECK(container_ids("once").empty());
}
