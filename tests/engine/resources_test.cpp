// `resources`: what the engine can enforce it does, of the rest there is a word.

#include <fmt/format.h>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

TEST_CASE("cpus and mem are limits of the engine, and the program is told of them") {
    const Deployed shop("limits");
    Json web = container("web");
    web["resources"] = {{"cpus", 0.5}, {"mem", 64}};
    Json own = container("own");
    own["resources"] = {{"cpus", 1}, {"mem", 32}};
    own["env"] = {{"MARATHON_APP_RESOURCE_MEM", "mine"}, {"PIVOT_INSTANCE", "mine"}};
    const Ended up = shop.up({{"containers", {web, own}}});
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(up.err.find("warning") == std::string::npos);
    const Json made = engine_get("/containers/limits.web.1/json")["HostConfig"];
    CHECK(made["CpuShares"] == 512);
    CHECK(made["NanoCpus"] == 500000000);
    CHECK(made["Memory"] == 64 * 1024 * 1024);
    const auto told = [](const std::string& name) {
        return engine_exec(name, {"sh", "-c", "env | grep -E '^(MARATHON|PIVOT)_' | sort"});
    };
    CHECK(told("limits.web.1") ==
          "MARATHON_APP_RESOURCE_CPUS=0.5\n"
          "MARATHON_APP_RESOURCE_MEM=64\n"
          "PIVOT_APPLIANCE=limits\n"
          "PIVOT_CONTAINER=web\n"
          "PIVOT_INSTANCE=1\n");
    CHECK(told("limits.own.1") ==
          "MARATHON_APP_RESOURCE_CPUS=1\n"
          "MARATHON_APP_RESOURCE_MEM=mine\n"
          "PIVOT_APPLIANCE=limits\n"
          "PIVOT_CONTAINER=own\n"
          "PIVOT_INSTANCE=mine\n");
}

TEST_CASE("more cpus than the engine has are cut with a warning, their weight is not", "[newer]") {
    const Deployed shop("cut");
    Json web = container("web");
    web["resources"] = {{"cpus", 200.5}};
    const Ended up = shop.up({{"containers", {web}}});
    CHECK(up.code == 0);
    const int cpus = engine_get("/info")["NCPU"];
    CHECK(
        up.err.starts_with(fmt::format("warning: container `web` asks for 200.5 cpus, this "
                                       "engine has {}: limited to {}\n",
                                       cpus, cpus)));
    const Json made = engine_get("/containers/cut.web.1/json")["HostConfig"];
    CHECK(made["NanoCpus"] == cpus * 1000000000LL);
    CHECK(made["CpuShares"] == 205312);
}

TEST_CASE("a disk limit that the engine's storage cannot hold is a warning, and it runs",
          "[newer]") {
    const Deployed shop("disk");
    Json web = container("web");
    web["instances"] = 2;
    web["resources"] = {{"disk", 100}};
    const Ended up = shop.up({{"containers", {web}}});
    CHECK(up.code == 0);
    const std::string warning =
        "warning: `web`: `disk` is not enforced: this engine's storage cannot\n";
    const Json made = engine_get("/containers/disk.web.1/json")["HostConfig"]["StorageOpt"];
    INFO(up.err);
    // The containerd image store takes a limit and holds nobody to it.
    const bool takes_all = engine_get("/info")["DriverStatus"].dump().find(
                               "io.containerd.snapshotter") != std::string::npos;
    if (made.is_object() && made.contains("size")) {
        CHECK(made == Json{{"size", "104857600"}});
    }
    if (takes_all || !made.is_object()) {
        CHECK(up.err.starts_with(warning));
        CHECK(up.err.find(warning, 1) == std::string::npos);  // once for both
    }
    CHECK(shop.status()["containers"][0]["instances"] == Json{{"desired", 2}, {"running", 2}});
}

TEST_CASE("an engine without GPUs refuses one, and the refusal is explained", "[newer]") {
    const Deployed shop("gpu");
    Json train = container("train");
    train["resources"] = {{"gpu", 2}};
    const Ended up = shop.up({{"containers", {train}}});
    CHECK(up.code == 1);
    const std::string what =
        "error: `train` could not be started: the engine has no driver for GPUs\n"
        "  --> <stdin>:3:5\n"
        "  the engine says: ";
    const std::string hint =
        "hint: install the NVIDIA Container Toolkit there, or leave out `gpu`\n";
    // Engines before 29, and from 29 on.
    if (up.err.find("from CDI") == std::string::npos) {
        CHECK(up.err ==
              what + "could not select device driver \"\" with capabilities: [[gpu]]\n" + hint);
    } else {
        CHECK_THAT(up.err, Catch::StartsWith(what) &&
                               Catch::Contains("failed to discover GPU vendor from CDI") &&
                               Catch::EndsWith(hint));
    }
    const Json requests =
        engine_get("/containers/gpu.train.1/json")["HostConfig"]["DeviceRequests"];
    CHECK(requests == Json::array({{{"Driver", ""},
                                    {"Count", 2},
                                    {"DeviceIDs", nullptr},
                                    {"Capabilities", {{"gpu"}}},
                                    {"Options", nullptr}}}));
}
