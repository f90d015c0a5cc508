// What an `up` that failed writes down, and what the next one and `status` make of it.

#include "plan/aftermath.hpp"

#include "catch.hpp"
#include "plan/status.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

namespace {

// web.1 as `up` leaves it after a failed check: stopped, and the cause in the record.
World failed_and_stopped() {
    World world({service("web")});
    world.deployed();
    Record record = world.record();
    record.failures = {{{ContainerId("web"), 1}, "id-web.1", "unhealthy: connection refused"}};
    world.observed.records = {{record_name(world.appliance.id, 2), 2, to_text(record)}};
    world.instance("web.1").state = RunState::exited;
    world.instance("web.1").exit_code = 137;
    InstanceDetail detail;
    detail.exit_code = 137;
    detail.restart_policy = "no";
    world.instance("web.1").detail = detail;
    return world;
}

ContainerStatus web_of(const World& world) {
    return derive_status(world.appliance.id, world.observed, "127.0.0.1").containers.front();
}

}  // namespace

TEST_CASE("the cause is written in the place of all older records, then what failed is marked") {
    World world({service("web")});
    world.deployed();
    world.container("web").env["A"] = "1";
    const Plan plan = world.plan();
    const auto records = records_after(world.observed, plan, world.appliance.id);
    CHECK(records.size() == 2);
    Record record = world.record();
    record.failures = {{{ContainerId("web"), 1}, "id", "exit code 7"}};
    CHECK(to_text(
              aftermath(world.appliance.id, record, records, {{{ContainerId("web"), 1}, "id"}})) ==
          "0 write record pivot.shop.3\n"
          "1 delete volume pivot.shop.1 after 0\n"
          "2 delete volume pivot.shop.2 after 0\n"
          "3 stop web.1 after 0\n"
          "4 mark web.1 as failed after 3\n");
}

TEST_CASE("a record keeps its failures") {
    Record record;
    record.failures = {{{ContainerId("web"), 2}, "id", "exit code 7"}};
    CHECK(parse_record(to_text(record)) == record);
}

TEST_CASE("status tells the cause in the record, and not how it was stopped") {
    World world = failed_and_stopped();
    CHECK(web_of(world).state == State::failed);
    CHECK(web_of(world).reason == "unhealthy: connection refused");
    SECTION("of another container of that name it tells nothing") {
        world.instance("web.1").engine_id = "another";
        CHECK(web_of(world).reason == "exit code 137");
    }
    SECTION("nor once it runs") {
        world.instance("web.1").state = RunState::running;
        world.instance("web.1").detail.reset();
        CHECK(web_of(world).state == State::running);
        CHECK(web_of(world).reason.empty());
    }
}

TEST_CASE("where the old one runs, status tells why the update failed") {
    World world({service("web")});
    world.deployed();
    world.container("web").env["A"] = "1";
    Record record = world.record();
    record.failures = {{{ContainerId("web"), 1}, "gone", "exit code 3"}};
    world.observed.records = {{record_name(world.appliance.id, 2), 2, to_text(record)}};
    CHECK(web_of(world).state == State::running);
    CHECK(web_of(world).reason == "the last update failed (exit code 3): the old one runs");
}

TEST_CASE("one that could not be made tells why it is not there") {
    World world = failed_and_stopped();
    world.observed.instances.clear();
    CHECK(web_of(world).state == State::submitted);
    CHECK(web_of(world).reason == "unhealthy: connection refused");
}

TEST_CASE(
    "the next up of the same document writes a record without failures when it has succeeded") {
    CHECK(to_text(failed_and_stopped().plan()) ==
          "0 restore restart policy of web.1 (was stopped)\n"
          "1 start web.1 (was stopped) after 0\n"
          "2 await web after 1\n"
          "3 all are ready after 2\n"
          "4 write record pivot.shop.3 after 3\n"
          "5 delete volume pivot.shop.2 after 3 4\n");
}
