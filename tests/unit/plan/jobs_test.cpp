// Jobs: run to their end, once, and others wait for that end.

#include "catch.hpp"
#include "plan/reconcile.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

namespace {

appliance::Container job(const std::string& id, const std::vector<std::string>& needs = {}) {
    appliance::Container container = service(id, needs);
    container.type = appliance::ContainerType::job;
    container.restart = {appliance::Restart::Policy::no, 0};
    return container;
}

World migrated(int exit_code) {
    World world({job("migrate"), service("web", {"migrate"})});
    world.deployed();
    world.instance("migrate.1").state = RunState::exited;
    world.instance("migrate.1").exit_code = exit_code;
    return world;
}

}  // namespace

TEST_CASE("a job that succeeded is not run again") {
    const World world = migrated(0);
    CHECK(world.plan().changes_nothing());
    CHECK(to_text(world.plan()) == "");
}

TEST_CASE("a job that succeeded runs again when that is asked for, and its dependents go on") {
    World world = migrated(0);
    world.options.succeeded = ReconcileOptions::Succeeded::rerun;
    CHECK(to_text(world.plan()) ==
          "0 delete migrate.1 (is to run again)\n"
          "1 create migrate.1 (is to run again) after 0\n"
          "2 all are created after 1\n"
          "3 start migrate.1 (is to run again) after 2\n"
          "4 await migrate after 3\n");
}

TEST_CASE("a job that failed is made anew") {
    CHECK(changes(migrated(9).plan()) ==
          "1 unchanged\nreplace migrate.1: ended with exit code 9\n");
}

TEST_CASE("a changed job is made anew without a candidate, even while it runs") {
    World world({job("migrate")});
    world.deployed();
    world.container("migrate").env["A"] = "1";
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 stop migrate.1 (env changed) after 0\n"
          "2 delete migrate.1 (env changed) after 1\n"
          "3 create migrate.1 (env changed) after 2\n"
          "4 all are created after 3\n"
          "5 start migrate.1 (env changed) after 4\n"
          "6 await migrate after 5\n"
          "7 all are ready after 4 6\n"
          "8 delete volume pivot.shop.1 after 7\n");
}

TEST_CASE("a job that runs is waited for, and so is what needs it") {
    World world({job("migrate"), service("web", {"migrate"})});
    world.deployed();
    world.observed.instances.pop_back();
    CHECK(to_text(world.plan()) ==
          "0 create web.1 (is not there)\n"
          "1 all are created after 0\n"
          "2 await migrate after 1\n"
          "3 start web.1 (is not there) after 1 2\n"
          "4 await web after 3\n");
}

TEST_CASE("without waiting, only what a start depends on is awaited") {
    World world({job("migrate"), service("web", {"migrate"}), job("report")});
    world.options.wait = ReconcileOptions::Wait::until_started;
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.1\n"
          "1 create network pivot-shop after 0\n"
          "2 create migrate.1 after 1\n"
          "3 create web.1 after 1\n"
          "4 create report.1 after 1\n"
          "5 all are created after 2 3 4\n"
          "6 start migrate.1 after 5\n"
          "7 await migrate after 6\n"
          "8 start web.1 after 5 7\n"
          "9 start report.1 after 5\n");
}

TEST_CASE("a job that is done is not done again because its network changed") {
    World world({job("migrate"), service("web")});
    world.deployed().instance("migrate.1").state = RunState::exited;
    world.instance("migrate.1").exit_code = 0;
    SECTION("somebody removed it") {
        world.observed.networks.clear();
        CHECK(changes(world.plan()) ==
              "1 unchanged\n"
              "replace web.1: its network is gone\n");
    }
    SECTION("another one with fixed addresses takes its place") {
        world.appliance.containers.push_back(service("joins"));
        world.container("joins").network_mode = appliance::NetworkMode::host;
        world.images["joins:1"] = "sha256:joins:1";
        world.container("joins").reaches = {ContainerId("web")};
        CHECK(changes(world.plan()) ==
              "1 unchanged\n"
              "replace web.1: its network is gone\n"
              "create joins.1: new in the document\n");
    }
}
