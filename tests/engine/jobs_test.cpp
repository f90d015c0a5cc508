// Jobs run to completion, once; services come back by themselves.

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

Json state_of(const std::string& name) {
    return engine_get("/containers/" + name + "/json")["State"];
}

Json after(Json container, const std::string& id) {
    container["dependencies"] = {id};
    return container;
}

}  // namespace

TEST_CASE("a service that crashes comes back by itself, and the next up has nothing to do") {
    const Deployed shop("crash");
    const Json document = {{"containers", {container("web")}}};
    REQUIRE(shop.up(document).code == 0);
    const auto before = container_ids("crash");
    (void)engine_exec("crash.web.1", {"kill", "1"});
    CHECK(eventually([] {
        const Json web = engine_get("/containers/crash.web.1/json");
        return web["RestartCount"] == 1 && web["State"]["Status"] == "running";
    }));
    const Ended up = shop.up(document);
    CHECK(up.code == 0);
    CHECK(up.out.starts_with("crash is up to date\n"));
    CHECK(container_ids("crash") == before);
}

TEST_CASE("a job runs to completion before what needs it, and status tells its exit code",
          "[newer]") {
    const Deployed shop("once");
    const Json migrate = job("migrate", "sleep 0.2");
    const Ended up = shop.up({{"containers", {after(container("web"), "migrate"), migrate}}});
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(up.err.find("finished migrate (") != std::string::npos);
    CHECK(state_of("once.migrate.1")["FinishedAt"] < state_of("once.web.1")["StartedAt"]);
    Json migrated = shop.status()["containers"][1];
    migrated.erase("members");  // tests/engine/json_shapes_test.cpp has them
    CHECK(migrated == Json{{"id", "migrate"},
                           {"type", "job"},
                           {"image", "pivot-test"},
                           {"state", "success"},
                           {"exit_code", 0},
                           {"instances", {{"desired", 1}, {"running", 0}}},
                           {"endpoints", Json::array()}});
    CHECK(pivot({"status", "once"}).code == 0);
}

TEST_CASE("a job that fails twice is tried again until it succeeds", "[newer]") {
    const Deployed shop("third-time");
    Json migrate = job("migrate", "echo x >> /data/tries; test $(wc -l < /data/tries) -ge 3");
    migrate["retries"] = 5;
    migrate["volumes"] = Json::array({data_mount()});
    Json web = after(container("web"), "migrate");
    web["volumes"] = Json::array({data_mount()});
    const Ended up = shop.up({{"data_persistence", data_volume()}, {"containers", {migrate, web}}});
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(engine_exec("third-time.web.1", {"cat", "/data/tries"}) == "x\nx\nx\n");
    CHECK(engine_get("/containers/third-time.migrate.1/json")["RestartCount"] == 2);
    CHECK(shop.status()["containers"][0]["state"] == "success");
}

TEST_CASE("a job that keeps failing fails up, and what needs it is not started") {
    const Deployed shop("never");
    Json migrate = job("migrate", "echo no such table; exit 9");
    migrate["retries"] = 1;
    const Json document = {
        {"containers", {migrate, after(container("web"), "migrate"), container("other")}}};
    const Ended up = shop.up(document);
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("error: `migrate` exited with code 9 after 2 tries\n"
                      "  --> <stdin>:3:5\n"
                      "  last lines of its log:\n"
                      "  | no such table\n"
                      "  | no such table\n"
                      "  not started because of it: `web`\n"
                      "hint: what runs was left running; run `pivot up` again once it is mended, "
                      "or `pivot down never`\n") != std::string::npos);
    CHECK(state_of("never.web.1")["Status"] == "created");
    Json status = shop.status();
    CHECK(status["state"] == "failed");
    status["containers"][0].erase("members");
    CHECK(status["containers"][0] == Json{{"id", "migrate"},
                                          {"type", "job"},
                                          {"image", "pivot-test"},
                                          {"state", "failed"},
                                          {"exit_code", 9},
                                          {"reason", "exit code 9 after 2 tries"},
                                          {"instances", {{"desired", 1}, {"running", 0}}},
                                          {"endpoints", Json::array()}});

    SECTION("the next up runs it again") {
        const auto before = container_ids("never");
        CHECK(shop.up(document).code == 1);
        CHECK(container_ids("never").at("never.migrate.1") != before.at("never.migrate.1"));
    }
}

TEST_CASE("a job that succeeded is not run again, unless it changed or it is asked for") {
    const Deployed shop("again");
    Json document = {{"containers", {job("migrate", "true"), container("web")}}};
    REQUIRE(shop.up(document).code == 0);
    const auto first = container_ids("again");
    const Ended second = shop.up(document);
    CHECK(second.code == 0);
    CHECK(second.out.starts_with("again is up to date\n"));
    CHECK(container_ids("again") == first);

    SECTION("it changed") { document["containers"][0]["env"] = {{"STEP", "2"}}; }
    const bool changed = document["containers"][0].contains("env");
    SECTION("it is asked for") {}
    const Ended third = changed ? shop.up(document) : shop.up(document, {"--rerun"});
    INFO(third.err);
    CHECK(third.code == 0);
    const auto now = container_ids("again");
    CHECK(now.at("again.migrate.1") != first.at("again.migrate.1"));
    CHECK(now.at("again.web.1") == first.at("again.web.1"));
    CHECK(shop.status()["state"] == "running");
}

TEST_CASE("a job that nobody needs is waited for") {
    const Deployed shop("alone");
    const Ended good = shop.up({{"containers", {job("import", "sleep 0.5")}}});
    CHECK(good.code == 0);
    CHECK(state_of("alone.import.1")["Status"] == "exited");
    CHECK(shop.status()["state"] == "success");
    const Ended bad = shop.up({{"containers", {job("import", "sleep 0.5; exit 4")}}});
    CHECK(bad.code == 1);
    CHECK(bad.err.find("error: `import` exited with code 4\n") != std::string::npos);
}

TEST_CASE("without waiting, up returns while a job runs, and the next up waits for it") {
    const Deployed shop("later");
    Json import = job("import", "trap 'exit 1' TERM; until test -e /go; do sleep 0.1; done");
    const Json document = {{"containers", {import}}};
    CHECK(shop.up(document, {"--no-wait"}).code == 0);
    const auto before = container_ids("later");
    CHECK(state_of("later.import.1")["Status"] == "running");
    CHECK(pivot({"status", "later"}).code == 1);  // it is not where it should get to

    const Ended impatient = shop.up(document, {"--timeout", "2s"});
    CHECK(impatient.code == 5);
    CHECK(impatient.err ==
          "error: `import` is not ready after 2 s (--timeout)\n"
          "  --> <stdin>:3:5\n"
          "hint: what runs was left running; run `pivot up` again to go on "
          "waiting, or allow more time\n");
    (void)engine_exec("later.import.1", {"touch", "/go"});
    CHECK(shop.up(document).code == 0);
    CHECK(container_ids("later") == before);
    CHECK(shop.status()["state"] == "success");
}
