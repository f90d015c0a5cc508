#include "apply/warnings.hpp"

#include "catch.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan::testing;

namespace {

appliance::Appliance shop() {
    appliance::Container db = service("db");
    db.resources.cpus = 4;
    db.resources.mem = 64;
    db.resources.disk = 100;
    appliance::Container agent = service("agent");
    agent.network_mode = appliance::NetworkMode::host;
    agent.health_check = appliance::HealthCheck{};
    agent.health_check->probe = appliance::TcpCheck{};
    return World({db, agent}).appliance;
}

std::string warned(const engine::SystemInfo& engine,
                   const std::set<plan::ContainerId>& started = {plan::ContainerId("db"),
                                                                 plan::ContainerId("agent")}) {
    std::string text;
    for (const auto& warning : apply::warn_of_engine(shop(), started, engine)) {
        text += warning.message + "\n" + (warning.hint.empty() ? "" : "  " + warning.hint + "\n");
    }
    return text;
}

}  // namespace

TEST_CASE("an engine that can do all that is asked draws no warning") {
    CHECK(warned({.cpus = 4, .storage_driver = "overlay2", .backing_filesystem = "xfs"}).empty());
}

TEST_CASE("the containerd image store holds nobody to a disk limit") {
    engine::SystemInfo engine{.cpus = 2, .storage_driver = "", .backing_filesystem = ""};
    engine.containerd_store = true;
    CHECK(warned(engine) ==
          "container `db` asks for 4 cpus, this engine has 2: limited to 2\n"
          "`db`: `disk` is not enforced: this engine's storage cannot\n");
    CHECK(warned(engine, {plan::ContainerId("agent")}).empty());
}

TEST_CASE("a rootless engine without control groups limits nothing, and its host is its own") {
    engine::SystemInfo engine{.cpus = 2, .storage_driver = "", .backing_filesystem = ""};
    engine.limits_cpus = false;
    engine.limits_memory = false;
    engine.rootless = true;
    const std::string hint =
        "  a rootless engine needs control groups of version 2 that are delegated to it\n";
    CHECK(warned(engine) ==
          "`db`: `cpus` has no effect: this engine has no control group for it\n" + hint +
              "`db`: `mem` has no effect: this engine has no control group for it\n" + hint +
              "`agent`: its check cannot reach it: the `host` network of a rootless engine is one "
              "of the engine's own\n"
              "  use a check of the protocol COMMAND, or leave out `network_mode`\n");
}

TEST_CASE("the engine is asked what it can for a document that depends on it") {
    const auto needs = [](const appliance::Container& container) {
        return apply::needs_info(World({container}).appliance);
    };
    appliance::Container web = service("web");
    web.health_check = appliance::HealthCheck{};
    web.health_check->probe = appliance::TcpCheck{};
    CHECK_FALSE(needs(web));
    web.network_mode = appliance::NetworkMode::host;
    CHECK(needs(web));
    web.health_check->probe = appliance::CommandCheck{"true"};
    CHECK_FALSE(needs(web));
    web.resources.mem = 64;
    CHECK(needs(web));
}
