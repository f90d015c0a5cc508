// Replacing through a candidate, and what an `up` that was ended in the middle of it left behind.

#include "catch.hpp"
#include "plan/reconcile.hpp"
#include "plan/way_back.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

namespace {

// Puts a candidate beside web.1, as an `up` of the appliance as it is now would make it.
void add_candidate(World& world, RunState state) {
    const Record record = world.record();
    ObservedInstance candidate = world.instance("web.1");
    candidate.role = Role::candidate;
    candidate.engine_id = "id-web.1.next";
    candidate.engine_name = engine_name(world.appliance.id, candidate.instance, Role::candidate);
    candidate.fingerprint = record.containers[0].fingerprint;
    candidate.state = state;
    world.observed.instances.push_back(candidate);
}

World halfway(RunState old_one, RunState candidate) {
    World world({service("web")});
    world.deployed();
    world.container("web").env["A"] = "1";
    world.instance("web.1").state = old_one;
    add_candidate(world, candidate);
    world.observed.records.push_back(
        {record_name(world.appliance.id, 2), 2, to_text(world.record())});
    return world;
}

}  // namespace

TEST_CASE("instances are replaced one at a time, so that the others serve meanwhile") {
    World world({service("web")});
    world.container("web").instances = 2;
    world.deployed();
    world.container("web").env["A"] = "1";
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 create web.1.next (env changed) after 0\n"
          "2 create web.2.next (env changed) after 0\n"
          "3 all are created after 1 2\n"
          "4 stop web.1 (env changed) after 3\n"
          "5 start web.1.next (env changed) after 4\n"
          "6 await web.1.next after 5\n"
          "7 delete web.1 (env changed) after 6\n"
          "8 rename web.1.next to web.1 (env changed) after 7\n"
          "9 stop web.2 (env changed) after 3 8\n"
          "10 start web.2.next (env changed) after 9\n"
          "11 await web.2.next after 10\n"
          "12 delete web.2 (env changed) after 11\n"
          "13 rename web.2.next to web.2 (env changed) after 12\n"
          "14 await web after 8 13\n"
          "15 all are ready after 3 14\n"
          "16 delete volume pivot.shop.1 after 15\n");
}

TEST_CASE("each replacement knows its way back, until the old one is deleted") {
    World world({service("web")});
    world.container("web").instances = 2;
    world.deployed();
    world.container("web").env["A"] = "1";
    CHECK(ways_back_to_text(world.plan()) ==
          "web.1 until 7 begins\n"
          "  stop web.1.next undoes 5\n"
          "  start web.1 undoes 4\n"
          "  delete web.1.next undoes 1\n"
          "web.2 until 12 begins\n"
          "  stop web.2.next undoes 10\n"
          "  start web.2 undoes 9\n"
          "  delete web.2.next undoes 2\n");
}

TEST_CASE("the way back of what an earlier `up` left half done needs no step of this plan") {
    CHECK(ways_back_to_text(halfway(RunState::exited, RunState::running).plan()) ==
          "web.1 until 1 begins\n"
          "  stop web.1.next\n"
          "  start web.1\n"
          "  delete web.1.next\n");
}

TEST_CASE(
    "what an update adds goes again when it fails before its start, a first deployment stays") {
    World world({service("web")});
    CHECK(ways_back_to_text(world.plan()).empty());
    world.deployed();
    world.container("web").instances = 2;
    CHECK(ways_back_to_text(world.plan()) ==
          "web.2 until 3 begins\n"
          "  delete web.2 undoes 1\n");
}

TEST_CASE("ways back run side by side and leave out what never began") {
    World world({service("web")});
    world.container("web").instances = 2;
    world.deployed();
    world.container("web").env["A"] = "1";
    const Plan plan = world.plan();
    const auto until = [&](StepIndex end) {
        return to_text(
            way_back(plan, {.began = [end](StepIndex step) { return step < end; },
                            .created = [end](StepIndex step) -> std::optional<std::string> {
                                return step < end ? std::optional(fmt::format("made-{}", step))
                                                  : std::nullopt;
                            }}));
    };
    CHECK(until(0).empty());
    CHECK(until(2) == "0 delete web.1.next (the update failed)\n");
    CHECK(until(7) ==
          "0 stop web.1.next (the update failed)\n"
          "1 start web.1 (the update failed) after 0\n"
          "2 delete web.1.next (the update failed) after 1\n"
          "3 delete web.2.next (the update failed)\n");
    CHECK(until(8) == "0 delete web.2.next (the update failed)\n");
    CHECK(until(13).empty());
}

TEST_CASE("without waiting, the start of the candidate is enough to take over") {
    World world({service("web")});
    world.deployed();
    world.container("web").env["A"] = "1";
    world.options.wait = ReconcileOptions::Wait::until_started;
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 create web.1.next (env changed) after 0\n"
          "2 all are created after 1\n"
          "3 stop web.1 (env changed) after 2\n"
          "4 start web.1.next (env changed) after 3\n"
          "5 delete web.1 (env changed) after 4\n"
          "6 rename web.1.next to web.1 (env changed) after 5\n"
          "7 all are ready after 2 6\n"
          "8 delete volume pivot.shop.1 after 7\n");
}

TEST_CASE("an update that was ended before the old one stopped goes on") {
    CHECK(to_text(halfway(RunState::running, RunState::created).plan()) ==
          "0 stop web.1 (its update was not finished)\n"
          "1 start web.1.next (its update was not finished) after 0\n"
          "2 await web.1.next after 1\n"
          "3 delete web.1 (its update was not finished) after 2\n"
          "4 rename web.1.next to web.1 (its update was not finished) after 3\n"
          "5 await web after 4\n"
          "6 all are ready after 5\n"
          "7 delete volume pivot.shop.1 after 6\n");
}

TEST_CASE("an update that was ended between stop and start goes on with the start") {
    CHECK(to_text(halfway(RunState::exited, RunState::created).plan()) ==
          "0 start web.1.next (its update was not finished)\n"
          "1 await web.1.next after 0\n"
          "2 delete web.1 (its update was not finished) after 1\n"
          "3 rename web.1.next to web.1 (its update was not finished) after 2\n"
          "4 await web after 3\n"
          "5 all are ready after 4\n"
          "6 delete volume pivot.shop.1 after 5\n");
}

TEST_CASE("an update whose candidate runs already waits for it") {
    CHECK(to_text(halfway(RunState::exited, RunState::running).plan()) ==
          "0 await web.1.next\n"
          "1 delete web.1 (its update was not finished) after 0\n"
          "2 rename web.1.next to web.1 (its update was not finished) after 1\n"
          "3 await web after 2\n"
          "4 all are ready after 3\n"
          "5 delete volume pivot.shop.1 after 4\n");
}

TEST_CASE("an update that was ended after the old one went needs its name alone") {
    World world = halfway(RunState::running, RunState::running);
    world.observed.instances.erase(world.observed.instances.begin());
    CHECK(changes(world.plan()) == "0 unchanged\nreplace web.1: its update was not finished\n");
    CHECK(to_text(world.plan()) ==
          "0 rename web.1.next to web.1 (its update was not finished)\n"
          "1 all are ready after 0\n"
          "2 delete volume pivot.shop.1 after 1\n");
}

TEST_CASE("a candidate that is not wanted any more goes, and the old one serves again") {
    World world = halfway(RunState::exited, RunState::running);
    world.container("web").env.clear();
    CHECK(changes(world.plan()) == "0 unchanged\nstart web.1: its update was not finished\n");
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.3\n"
          "1 stop web.1.next (its update was not finished) after 0\n"
          "2 start web.1 (its update was not finished) after 1\n"
          "3 delete web.1.next (its update was not finished) after 2\n"
          "4 all are ready after 0 3\n"
          "5 delete volume pivot.shop.1 after 4\n"
          "6 delete volume pivot.shop.2 after 4\n");
}

TEST_CASE("a third document takes the candidate back, then replaces the old one as ever") {
    World world = halfway(RunState::exited, RunState::running);
    world.container("web").env["A"] = "2";
    CHECK(changes(world.plan()) == "0 unchanged\nreplace web.1: env changed\n");
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.3\n"
          "1 stop web.1.next (its update was not finished) after 0\n"
          "2 start web.1 (its update was not finished) after 1 best effort (what takes its place "
          "comes later in the plan)\n"
          "3 delete web.1.next (its update was not finished) after 2\n"
          "4 create web.1.next (env changed) after 0 3\n"
          "5 all are created after 4\n"
          "6 stop web.1 (env changed) after 3 5\n"
          "7 start web.1.next (env changed) after 6\n"
          "8 await web.1.next after 7\n"
          "9 delete web.1 (env changed) after 8\n"
          "10 rename web.1.next to web.1 (env changed) after 9\n"
          "11 await web after 10\n"
          "12 all are ready after 3 5 11\n"
          "13 delete volume pivot.shop.1 after 12\n"
          "14 delete volume pivot.shop.2 after 12\n");
}

TEST_CASE("a container that is taken out goes with its candidate") {
    World world = halfway(RunState::exited, RunState::running);
    world.appliance.containers = {service("db")};
    world.images["db:1"] = "sha256:db";
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.3\n"
          "1 create db.1 (new in the document) after 0\n"
          "2 all are created after 1\n"
          "3 start db.1 (new in the document) after 2\n"
          "4 await db after 3\n"
          "5 all are ready after 2 4\n"
          "6 delete web.1 (no longer in the document) after 5\n"
          "7 stop web.1.next (no longer in the document) after 5\n"
          "8 delete web.1.next (no longer in the document) after 7\n"
          "9 delete volume pivot.shop.1 after 5 6 8\n"
          "10 delete volume pivot.shop.2 after 5 6 8\n");
}

TEST_CASE("what does not run is made anew without a candidate: nothing serves that could be lost") {
    World world({service("web")});
    world.deployed().instance("web.1").state = RunState::exited;
    world.container("web").env["A"] = "1";
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 delete web.1 (env changed) after 0\n"
          "2 create web.1 (env changed) after 1\n"
          "3 all are created after 2\n"
          "4 start web.1 (env changed) after 3\n"
          "5 await web after 4\n"
          "6 all are ready after 3 5\n"
          "7 delete volume pivot.shop.1 after 6\n");
}

TEST_CASE("a candidate that keeps failing is taken back, and the update begins anew") {
    for (const RunState state : {RunState::restarting, RunState::paused}) {
        CHECK(to_text(halfway(RunState::exited, state).plan()) ==
              "0 stop web.1.next (its update was not finished)\n"
              "1 start web.1 (its update was not finished) after 0 best effort (what takes its "
              "place comes later in the plan)\n"
              "2 delete web.1.next (its update was not finished) after 1\n"
              "3 create web.1.next (env changed) after 2\n"
              "4 all are created after 3\n"
              "5 stop web.1 (env changed) after 2 4\n"
              "6 start web.1.next (env changed) after 5\n"
              "7 await web.1.next after 6\n"
              "8 delete web.1 (env changed) after 7\n"
              "9 rename web.1.next to web.1 (env changed) after 8\n"
              "10 await web after 9\n"
              "11 all are ready after 2 4 10\n"
              "12 delete volume pivot.shop.1 after 11\n");
    }
}

TEST_CASE("an old one that cannot start any more is made anew, not taken back") {
    World world = halfway(RunState::exited, RunState::created);
    world.observed.networks.clear();  // somebody removed what nobody used at that moment
    CHECK(to_text(world.plan()) ==
          "0 delete web.1.next (its update was not finished)\n"
          "1 create network pivot-shop\n"
          "2 delete web.1 (env changed) after 0 1\n"
          "3 create web.1 (env changed) after 2\n"
          "4 all are created after 3\n"
          "5 start web.1 (env changed) after 0 4\n"
          "6 await web after 5\n"
          "7 all are ready after 0 4 6\n"
          "8 delete volume pivot.shop.1 after 7\n");
    World half_removed = halfway(RunState::dead, RunState::created);
    half_removed.container("web").env["A"] = "another";
    CHECK(to_text(half_removed.plan()) ==
          "0 write record pivot.shop.3\n"
          "1 delete web.1.next (its update was not finished) after 0\n"
          "2 delete web.1 (env changed) after 0 1\n"
          "3 create web.1 (env changed) after 2\n"
          "4 all are created after 3\n"
          "5 start web.1 (env changed) after 1 4\n"
          "6 await web after 5\n"
          "7 all are ready after 1 4 6\n"
          "8 delete volume pivot.shop.1 after 7\n"
          "9 delete volume pivot.shop.2 after 7\n");
}

TEST_CASE("a candidate on the host is not finished whose old one is on a network that has to go") {
    World world = halfway(RunState::running, RunState::created);
    world.container("web").network_mode = appliance::NetworkMode::host;
    world.observed.instances.back().network_mode = "host";
    world.observed.instances.back().fingerprint = world.record().containers[0].fingerprint;
    world.observed.instances.front().network_mode = "another";
    CHECK(changes(world.plan()) == "0 unchanged\nreplace web.1: env and network_mode changed\n");
}

TEST_CASE("one that somebody took off its network is replaced, on it again") {
    World world({service("web")});
    world.deployed().instance("web.1").is_off_its_network = true;
    CHECK(changes(world.plan()) == "0 unchanged\nreplace web.1: was taken off its network\n");
}

TEST_CASE("an image that is gone is not said to have changed") {
    World world({service("web")});
    world.deployed();
    world.images.clear();
    CHECK(changes(world.plan()) ==
          "0 unchanged\nreplace web.1: its image is not on this engine any more\n");
    world.container("web").image = "web:2";
    CHECK(changes(world.plan()) == "0 unchanged\nreplace web.1: image changed\n");
}

TEST_CASE("what is left over goes with its candidate, also where its port must come free first") {
    World world = halfway(RunState::running, RunState::created);
    world.instance("web.1").ports = {{"0.0.0.0", 8080, 80, appliance::Protocol::tcp}};
    appliance::Container next = service("next");
    next.ports = {{80, 8080, appliance::Protocol::tcp, "", "", {}}};
    world.appliance.containers = {next};
    world.images["next:1"] = "sha256:next";
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.3\n"
          "1 stop web.1 (no longer in the document) after 0\n"
          "2 delete web.1 (no longer in the document) after 1\n"
          "3 create next.1 (new in the document) after 0\n"
          "4 all are created after 3\n"
          "5 start next.1 (new in the document) after 2 4\n"
          "6 await next after 5\n"
          "7 all are ready after 4 6\n"
          "8 delete web.1.next (no longer in the document) after 7\n"
          "9 delete volume pivot.shop.1 after 2 7 8\n"
          "10 delete volume pivot.shop.2 after 2 7 8\n");
}
