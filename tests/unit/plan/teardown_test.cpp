#include "plan/teardown.hpp"

#include "catch.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

TEST_CASE("what others need goes after them, the network then, the record last") {
    World world({service("db"), service("web", {"db"}), service("proxy", {"web"}),
                 service("cron", {"db"})});
    world.deployed().observed.volumes = {{"shop.data"}};
    CHECK(to_text(teardown(world.observed, Volumes::keep)) ==
          "0 stop cron.1\n"
          "1 delete cron.1 after 0\n"
          "2 stop proxy.1\n"
          "3 delete proxy.1 after 2\n"
          "4 stop web.1 after 3\n"
          "5 delete web.1 after 4\n"
          "6 stop db.1 after 1 5\n"
          "7 delete db.1 after 6\n"
          "8 delete network pivot-shop after 1 3 5 7\n"
          "9 delete volume pivot.shop.1 after 1 3 5 7 8\n");
}

TEST_CASE("purging removes the volumes too, before the record") {
    World world({service("db")});
    world.deployed().observed.volumes = {{"shop.data"}};
    CHECK(to_text(teardown(world.observed, Volumes::purge)) ==
          "0 stop db.1\n"
          "1 delete db.1 after 0\n"
          "2 delete network pivot-shop after 1\n"
          "3 delete volume shop.data after 1\n"
          "4 delete volume pivot.shop.1 after 1 2 3\n");
}

TEST_CASE("what does not run is deleted without a stop") {
    World world({service("db")});
    world.deployed().instance("db.1").state = RunState::exited;
    CHECK(to_text(teardown(world.observed, Volumes::keep)) ==
          "0 delete db.1\n"
          "1 delete network pivot-shop after 0\n"
          "2 delete volume pivot.shop.1 after 0 1\n");
}

TEST_CASE("labels whose needs run in a circle still come down") {
    World world({service("a", {"b"}), service("b", {"a"})});
    const Plan plan = teardown(world.deployed().observed, Volumes::keep);
    CHECK(changes(plan) ==
          "0 unchanged\n"
          "remove a.1\n"
          "remove b.1\n");
    CHECK(plan.steps.size() == 6);
}
