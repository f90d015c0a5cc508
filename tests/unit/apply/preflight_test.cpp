#include "apply/preflight.hpp"

#include "catch.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan::testing;
using apply::EngineView;
using apply::Failure;
using apply::SubnetTooSmall;
using apply::UnknownState;

namespace {

tl::expected<apply::Preflight, Failure> look(const World& world, const EngineView& view = {}) {
    return apply::preflight(view, world.observed, world.appliance, world.plan(), {});
}

// A service that others on the host's network name, so that each of its instances has an address.
World with_addresses(int instances) {
    appliance::Container db = service("db");
    db.instances = instances;
    appliance::Container agent = service("agent");
    agent.network_mode = appliance::NetworkMode::host;
    agent.reaches = {plan::ContainerId("db")};
    World world({db, agent});
    world.deployed();
    world.observed.networks.front().fixed_subnet = true;
    for (plan::ObservedInstance& instance : world.observed.instances) {
        if (instance.instance.container.str() == "db") {
            instance.slot = instance.instance.number - 1;
        }
    }
    return world;
}

EngineView with_network(const std::string& subnet) {
    return {.containers = {},
            .networks = {{.id = "net1",
                          .name = "pivot-shop",
                          .labels = {{"pivot.appliance", "shop"}, {"pivot.subnet", subnet}},
                          .subnet = subnet}},
            .volumes = {}};
}

}  // namespace

TEST_CASE("a container in a state that nobody knows is named before anything is changed") {
    World world({service("db"), service("web")});
    plan::ObservedInstance& db = world.deployed().instance("db.1");
    db.state = plan::RunState::unknown;
    db.state_word = "dreaming";
    CHECK(changes(world.plan()) ==
          "1 unchanged\n"
          "replace db.1: is in a state that pivot does not know\n");
    const auto found = look(world);
    REQUIRE(!found);
    const auto& unknown = std::get<UnknownState>(found.error());
    CHECK(unknown.name == "shop.db.1");
    CHECK(unknown.word == "dreaming");
}

TEST_CASE("one that goes may be in any state") {
    World world({service("db"), service("web")});
    world.deployed().instance("db.1").state = plan::RunState::unknown;
    world.appliance.containers.erase(world.appliance.containers.begin());
    CHECK(look(world));
}

TEST_CASE("a network that has too few addresses is named, and with one more it is not") {
    World world = with_addresses(6);
    REQUIRE(look(world, with_network("10.1.2.0/28")));
    world.container("db").instances = 9;
    const auto found = look(world, with_network("10.1.2.0/28"));
    REQUIRE(!found);
    const auto& small = std::get<SubnetTooSmall>(found.error());
    CHECK(small.network == "pivot-shop");
    CHECK(small.subnet == "10.1.2.0/28");
    CHECK(small.addresses == 7);
    CHECK(small.needed == 9);
    world.container("db").instances = 7;
    CHECK(look(world, with_network("10.1.2.0/28")));
    CHECK(!look(world, with_network("")));
}
