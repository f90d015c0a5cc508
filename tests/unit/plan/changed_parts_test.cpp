#include "catch.hpp"
#include "plan/fingerprint.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

TEST_CASE("what changed is told as a list, in a plan too") {
    World world({service("web"), service("db")});
    world.deployed();
    world.container("web").env["A"] = "1";
    world.images["web:1"] = "sha256:new";
    const Plan plan = world.plan();
    REQUIRE(plan.changes.size() == 1);
    CHECK(plan.changes[0].changed == std::vector<std::string>{"image", "env"});
    world.observed.instances[1].state = RunState::exited;
    CHECK(world.plan().changes[1].changed.empty());
}

TEST_CASE("what was added and what went is in the list, and nothing where the schemas differ") {
    CHECK(changed_parts("2-a image=1,env=2", "2-b image=1,user=3") ==
          std::vector<std::string>{"user", "env"});
    CHECK(changed_parts("2-a image=1", "2-a image=1").empty());
    CHECK(changed_parts("1-a image=1", "2-b image=2").empty());
    CHECK(changed_parts("", "2-b image=2").empty());
}
