#include "plan/reconcile.hpp"

#include "catch.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

TEST_CASE(
    "an empty engine gets the record, the network, every container, then starts in order of "
    "needs") {
    const World world({service("web", {"db"}), service("db")});
    const Plan plan = world.plan();
    CHECK(changes(plan) ==
          "0 unchanged\n"
          "create web.1\n"
          "create db.1\n");
    CHECK(to_text(plan) ==
          "0 write record pivot.shop.1\n"
          "1 create network pivot-shop after 0\n"
          "2 create web.1 after 1\n"
          "3 create db.1 after 1\n"
          "4 all are created after 2 3\n"
          "5 start db.1 after 4\n"
          "6 await db after 5\n"
          "7 start web.1 after 4 6\n"
          "8 await web after 7\n");
}

TEST_CASE("an unchanged appliance needs no step at all") {
    World world({service("web", {"db"}), service("db")});
    const Plan plan = world.deployed().plan();
    CHECK(plan.steps.empty());
    CHECK(changes(plan) == "2 unchanged\n");
}

TEST_CASE("a changed environment replaces only that container, once what it needs is ready") {
    World world({service("web", {"db"}), service("db")});
    world.deployed();
    world.container("web").env["COLOUR"] = "red";
    const Plan plan = world.plan();
    CHECK(changes(plan) ==
          "1 unchanged\n"
          "replace web.1: env changed\n");
    CHECK(to_text(plan) ==
          "0 write record pivot.shop.2\n"
          "1 create web.1.next (env changed) after 0\n"
          "2 all are created after 1\n"
          "3 stop web.1 (env changed) after 2\n"
          "4 start web.1.next (env changed) after 3\n"
          "5 await web.1.next after 4\n"
          "6 delete web.1 (env changed) after 5\n"
          "7 rename web.1.next to web.1 (env changed) after 6\n"
          "8 await web after 7\n"
          "9 all are ready after 2 8\n"
          "10 delete volume pivot.shop.1 after 9\n");
}

TEST_CASE("a dependent is replaced only when the new instance of what it needs is ready") {
    World world({service("web", {"db"}), service("db")});
    world.deployed();
    world.container("web").env["A"] = "1";
    world.container("db").env["A"] = "1";
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 create web.1.next (env changed) after 0\n"
          "2 create db.1.next (env changed) after 0\n"
          "3 all are created after 1 2\n"
          "4 stop db.1 (env changed) after 3\n"
          "5 start db.1.next (env changed) after 4\n"
          "6 await db.1.next after 5\n"
          "7 delete db.1 (env changed) after 6\n"
          "8 rename db.1.next to db.1 (env changed) after 7\n"
          "9 await db after 8\n"
          "10 stop web.1 (env changed) after 3 9\n"
          "11 start web.1.next (env changed) after 10\n"
          "12 await web.1.next after 11\n"
          "13 delete web.1 (env changed) after 12\n"
          "14 rename web.1.next to web.1 (env changed) after 13\n"
          "15 await web after 14\n"
          "16 all are ready after 3 9 15\n"
          "17 delete volume pivot.shop.1 after 16\n");
}

TEST_CASE("a new image under the same name replaces the container") {
    World world({service("web")});
    world.deployed();
    world.images["web:1"] = "sha256:other";
    CHECK(changes(world.plan()) ==
          "0 unchanged\n"
          "replace web.1: image changed\n");
}

TEST_CASE("everything that changed is named") {
    World world({service("web")});
    world.deployed();
    auto& web = world.container("web");
    web.command = appliance::Arguments{{"--port", "80"}};
    web.env["A"] = "1";
    web.resources.mem = 64;
    CHECK(changes(world.plan()) ==
          "0 unchanged\n"
          "replace web.1: args, env and mem changed\n");
}

TEST_CASE("scaling up leaves the instances that run alone") {
    World world({service("web")});
    world.deployed();
    world.container("web").instances = 3;
    const Plan plan = world.plan();
    CHECK(changes(plan) ==
          "1 unchanged\n"
          "create web.2: instances 1 -> 3\n"
          "create web.3: instances 1 -> 3\n");
    CHECK(to_text(plan) ==
          "0 write record pivot.shop.2\n"
          "1 create web.2 (instances 1 -> 3) after 0\n"
          "2 create web.3 (instances 1 -> 3) after 0\n"
          "3 all are created after 1 2\n"
          "4 start web.2 (instances 1 -> 3) after 3\n"
          "5 start web.3 (instances 1 -> 3) after 3\n"
          "6 await web after 4 5\n"
          "7 all are ready after 3 6\n"
          "8 delete volume pivot.shop.1 after 7\n");
}

TEST_CASE("scaling down removes the highest numbers, after all else") {
    World world({service("web")});
    world.container("web").instances = 3;
    world.deployed();
    world.container("web").instances = 1;
    const Plan plan = world.plan();
    CHECK(changes(plan) ==
          "1 unchanged\n"
          "remove web.2: instances 3 -> 1\n"
          "remove web.3: instances 3 -> 1\n");
    CHECK(to_text(plan) ==
          "0 write record pivot.shop.2\n"
          "1 all are ready after 0\n"
          "2 stop web.2 (instances 3 -> 1) after 1\n"
          "3 delete web.2 (instances 3 -> 1) after 2\n"
          "4 stop web.3 (instances 3 -> 1) after 1\n"
          "5 delete web.3 (instances 3 -> 1) after 4\n"
          "6 delete volume pivot.shop.1 after 1 3 5\n");
}

TEST_CASE("no instances at all make nothing and block nobody") {
    World world({service("web", {"db"}), service("db")});
    world.container("db").instances = 0;
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.1\n"
          "1 create network pivot-shop after 0\n"
          "2 create web.1 after 1\n"
          "3 all are created after 2\n"
          "4 start web.1 after 3\n"
          "5 await web after 4\n");
}

TEST_CASE("a container that the document no longer has is removed, unless orphans are kept") {
    World world({service("web"), service("old")});
    world.deployed();
    world.appliance.containers.pop_back();
    CHECK(changes(world.plan()) ==
          "1 unchanged\n"
          "remove old.1: no longer in the document\n");
    world.options.orphans = ReconcileOptions::Orphans::keep;
    CHECK(changes(world.plan()) == "1 unchanged\n");
}

TEST_CASE("an instance that somebody stopped is started again, with its restart policy") {
    World world({service("web")});
    world.deployed().instance("web.1").state = RunState::exited;
    const Plan plan = world.plan();
    CHECK(changes(plan) ==
          "0 unchanged\n"
          "start web.1: was stopped\n");
    CHECK(to_text(plan) ==
          "0 restore restart policy of web.1 (was stopped)\n"
          "1 start web.1 (was stopped) after 0\n"
          "2 await web after 1\n");
}

TEST_CASE("an instance between two crashes is stopped first, because it takes no start") {
    World world({service("web")});
    world.deployed().instance("web.1").state = RunState::restarting;
    CHECK(to_text(world.plan()) ==
          "0 stop web.1 (keeps failing)\n"
          "1 restore restart policy of web.1 (keeps failing) after 0\n"
          "2 start web.1 (keeps failing) after 1\n"
          "3 await web after 2\n");
}

TEST_CASE("an instance that somebody removed is made again") {
    World world({service("web"), service("db")});
    world.deployed().observed.instances.erase(world.observed.instances.begin());
    CHECK(changes(world.plan()) ==
          "1 unchanged\n"
          "create web.1: is not there\n");
}

TEST_CASE("a paused instance goes on, one that is half removed is made anew") {
    World world({service("web"), service("db")});
    world.deployed().instance("web.1").state = RunState::paused;
    world.instance("db.1").state = RunState::dead;
    CHECK(to_text(world.plan()) ==
          "0 delete db.1 (was half removed)\n"
          "1 create db.1 (was half removed) after 0\n"
          "2 all are created after 1\n"
          "3 resume web.1 (was paused) after 2\n"
          "4 await web after 3\n"
          "5 start db.1 (was half removed) after 2\n"
          "6 await db after 5\n");
}

TEST_CASE("instances on a network that is gone are replaced on a new one") {
    World world({service("web")});
    world.deployed().observed.networks.clear();
    CHECK(to_text(world.plan()) ==
          "0 create network pivot-shop\n"
          "1 create web.1.next (its network is gone) after 0\n"
          "2 all are created after 1\n"
          "3 stop web.1 (its network is gone) after 2\n"
          "4 start web.1.next (its network is gone) after 3\n"
          "5 await web.1.next after 4\n"
          "6 delete web.1 (its network is gone) after 5\n"
          "7 rename web.1.next to web.1 (its network is gone) after 6\n"
          "8 await web after 7\n");
}

TEST_CASE("of two networks the lowest ID stays, and what hangs on the other moves") {
    World world({service("web"), service("db")});
    world.deployed().observed.networks.push_back({"net0", "pivot-shop"});
    world.instance("db.1").network_mode = "net0";
    CHECK(to_text(world.plan()) ==
          "0 create web.1.next (its network is gone)\n"
          "1 all are created after 0\n"
          "2 stop web.1 (its network is gone) after 1\n"
          "3 start web.1.next (its network is gone) after 2\n"
          "4 await web.1.next after 3\n"
          "5 delete web.1 (its network is gone) after 4\n"
          "6 rename web.1.next to web.1 (its network is gone) after 5\n"
          "7 await web after 6\n"
          "8 all are ready after 1 7\n"
          "9 delete network pivot-shop (is there twice) after 8\n");
}

TEST_CASE("a lost record is written again and nothing else happens") {
    World world({service("web")});
    world.deployed().observed.records.clear();
    CHECK(to_text(world.plan()) == "0 write record pivot.shop.1\n");
}

TEST_CASE("what an unfinished up left of older records is deleted") {
    World world({service("web")});
    world.deployed().observed.records.insert(world.observed.records.begin(),
                                             {"pivot.shop.0", 0, "{}"});
    CHECK(to_text(world.plan()) == "0 delete volume pivot.shop.0\n");
}

TEST_CASE("recreate replaces what did not change") {
    World world({service("web")});
    world.deployed();
    world.options.unchanged = ReconcileOptions::Unchanged::recreate;
    CHECK(changes(world.plan()) ==
          "0 unchanged\n"
          "replace web.1: asked for\n");
}

TEST_CASE("every step comes after those it waits for") {
    World world({service("a", {"b"}), service("b", {"c"}), service("c")});
    world.container("b").instances = 4;
    world.deployed();
    world.container("a").env["X"] = "1";
    world.container("b").instances = 2;
    world.container("c").env["X"] = "1";
    const Plan plan = world.plan();
    for (StepIndex i = 0; i < plan.steps.size(); ++i) {
        for (const StepIndex before : plan.steps[i].after) {
            CHECK(before < i);
        }
    }
}
