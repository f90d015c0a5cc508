#include "apply/verdict.hpp"

#include "catch.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;
using Wait = ReconcileOptions::Wait;

namespace {

// The containers that are not as they should be; empty: the verdict is good.
std::vector<std::string> missed(const World& world, Wait wait) {
    const auto status = derive_status(world.appliance.id, world.observed, "127.0.0.1");
    const auto failure = apply::verdict(status, world.observed, world.record(), wait);
    std::vector<std::string> ids;
    if (failure) {
        for (const ContainerStatus& container : std::get<apply::GoalMissed>(*failure).containers) {
            ids.push_back(container.id.str());
        }
    }
    return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a goal is missed by whatever is not in its goal state") {
    World world({service("web"), service("db")});
    world.deployed();
    CHECK(missed(world, Wait::until_ready).empty());
    world.instance("db.1").state = RunState::created;
    CHECK(missed(world, Wait::until_ready) == Ids{"db"});
    world.instance("web.1").state = RunState::exited;
    CHECK(missed(world, Wait::until_ready) == Ids{"web", "db"});
}

TEST_CASE("without waiting it is enough that everything was started") {
    World world({service("web"), service("db")});
    world.deployed();
    world.instance("web.1").state = RunState::exited;
    CHECK(missed(world, Wait::until_started).empty());
    world.instance("web.1").state = RunState::created;
    CHECK(missed(world, Wait::until_started) == Ids{"web"});
    world.observed.instances.clear();
    CHECK(missed(world, Wait::until_started) == Ids{"web", "db"});
}
