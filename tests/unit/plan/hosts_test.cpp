// Names across the border between the appliance's network and the host's own.

#include "plan/hosts.hpp"

#include "catch.hpp"
#include "plan/reconcile.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

namespace {

appliance::Container naming(appliance::Container container, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        container.reaches.emplace_back(name);
    }
    return container;
}

appliance::Container on_host(appliance::Container container) {
    container.network_mode = appliance::NetworkMode::host;
    return container;
}

std::string text(const HostTable& table) {
    std::string result;
    for (const auto& [container, hosts] : table.of) {
        result += container.str() + ":";
        for (const Host& host : hosts) {
            result += " " + to_string(host) + ";";
        }
        result += "\n";
    }
    for (const auto& [instance, slot] : table.slots) {
        result += fmt::format("{} has slot {}\n", to_string(instance), slot);
    }
    return result;
}

World agent_and_web() {
    World world({naming(on_host(service("agent")), {"web", "probe"}),
                 naming(service("web"), {"agent"}), on_host(service("probe")), service("other")});
    world.container("web").instances = 2;
    return world;
}

}  // namespace

TEST_CASE("names within one network need nothing, names across it are written down") {
    const World world = agent_and_web();
    CHECK(text(host_table(world.appliance, {})) ==
          "agent: web slot 0; web-1 slot 0; web slot 1; web-2 slot 1; probe loopback; "
          "probe-1 loopback;\n"
          "web: agent gateway; agent-1 gateway;\n"
          "web.1 has slot 0\n"
          "web.2 has slot 1\n");
}

TEST_CASE("an instance keeps its slot, a new one gets the lowest that is free") {
    World world = agent_and_web();
    world.deployed();
    world.instance("web.2").slot = 0;
    CHECK(text(host_table(world.appliance, world.observed)) ==
          "agent: web slot 1; web-1 slot 1; web slot 0; web-2 slot 0; probe loopback; "
          "probe-1 loopback;\n"
          "web: agent gateway; agent-1 gateway;\n"
          "web.1 has slot 1\n"
          "web.2 has slot 0\n");
}

TEST_CASE("fixed addresses need a network whose subnet is chosen") {
    const World world = agent_and_web();
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.1\n"
          "1 create network pivot-shop with a fixed subnet after 0\n"
          "2 create agent.1 after 1\n"
          "3 create web.1 after 1\n"
          "4 create web.2 after 1\n"
          "5 create probe.1 after 1\n"
          "6 create other.1 after 1\n"
          "7 all are created after 2 3 4 5 6\n"
          "8 start agent.1 after 7\n"
          "9 await agent after 8\n"
          "10 start web.1 after 7\n"
          "11 start web.2 after 7\n"
          "12 await web after 10 11\n"
          "13 start probe.1 after 7\n"
          "14 await probe after 13\n"
          "15 start other.1 after 7\n"
          "16 await other after 15\n");
}

TEST_CASE("a network whose addresses cannot be chosen makes room for one where they can") {
    World world({service("web"), service("db", {"web"})});
    world.deployed();
    world.appliance.containers.push_back(naming(on_host(service("agent")), {"web"}));
    world.images["agent:1"] = "sha256:agent:1";
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 stop db.1 (needs a network with fixed addresses) after 0\n"
          "2 delete db.1 (needs a network with fixed addresses) after 1\n"
          "3 stop web.1 (needs a network with fixed addresses) after 0 2\n"
          "4 delete web.1 (needs a network with fixed addresses) after 3\n"
          "5 delete network pivot-shop (its addresses cannot be chosen) after 0 2 4\n"
          "6 create network pivot-shop with a fixed subnet after 0 5\n"
          "7 create web.1 (its network is gone) after 4 6\n"
          "8 create db.1 (its network is gone) after 2 6\n"
          "9 create agent.1 (new in the document) after 6\n"
          "10 all are created after 7 8 9\n"
          "11 start web.1 (its network is gone) after 10\n"
          "12 await web after 11\n"
          "13 start db.1 (its network is gone) after 10 12\n"
          "14 await db after 13\n"
          "15 start agent.1 (new in the document) after 10\n"
          "16 await agent after 15\n"
          "17 all are ready after 10 12 14 16\n"
          "18 delete volume pivot.shop.1 after 17\n");
}

TEST_CASE("an unchanged appliance with fixed addresses needs no step") {
    World world = agent_and_web();
    world.deployed();
    world.observed.networks[0].fixed_subnet = true;
    world.instance("web.1").slot = 0;
    world.instance("web.2").slot = 1;
    world.instance("agent.1").known_network = "net1";
    CHECK(to_text(world.plan()).empty());
}
