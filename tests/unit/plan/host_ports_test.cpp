// Fixed host ports that move from one container to another.

#include "catch.hpp"
#include "plan/reconcile.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

namespace {

appliance::Port fixed_port(std::uint16_t host_port) {
    appliance::Port port;
    port.container_port = 80;
    port.host_port = host_port;
    return port;
}

}  // namespace

TEST_CASE("a host port moves to another container when its holder has let it go") {
    World world({service("old"), service("web")});
    world.container("old").ports = {fixed_port(8080)};
    world.deployed();
    world.container("old").ports.clear();
    world.container("web").ports = {fixed_port(8080)};
    world.container("old").needs = {ContainerId("web")};
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 stop old.1 (ports changed) after 0\n"
          "2 delete old.1 (ports changed) after 1\n"
          "3 create old.1 (ports changed) after 0 2\n"
          "4 create web.1.next (ports changed) after 0\n"
          "5 all are created after 3 4\n"
          "6 stop web.1 (ports changed) after 2 5\n"
          "7 start web.1.next (ports changed) after 6\n"
          "8 await web.1.next after 7\n"
          "9 delete web.1 (ports changed) after 8\n"
          "10 rename web.1.next to web.1 (ports changed) after 9\n"
          "11 await web after 10\n"
          "12 start old.1 (ports changed) after 5 11\n"
          "13 await old after 12\n"
          "14 all are ready after 5 11 13\n"
          "15 delete volume pivot.shop.1 after 14\n");
}

TEST_CASE("the port of a container in host mode is free for another when that one is gone") {
    appliance::Container agent = service("agent");
    agent.network_mode = appliance::NetworkMode::host;
    agent.ports = {fixed_port(9100)};
    agent.ports[0].container_port = 9100;
    World world({agent});
    world.deployed().instance("agent.1").network_mode = "host";
    world.observed.instances[0].ports.clear();  // the engine knows none of it
    world.observed.networks.clear();
    world.appliance.containers[0].id = ContainerId("exporter");
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 stop agent.1 (no longer in the document) after 0\n"
          "2 delete agent.1 (no longer in the document) after 1\n"
          "3 create exporter.1 (new in the document) after 0\n"
          "4 all are created after 3\n"
          "5 start exporter.1 (new in the document) after 2 4\n"
          "6 await exporter after 5\n"
          "7 all are ready after 4 6\n"
          "8 delete volume pivot.shop.1 after 2 7\n");
}

TEST_CASE("one port number on two addresses is in nobody's way") {
    World world({service("inside"), service("outside")});
    world.container("inside").ports = {fixed_port(80)};
    world.container("inside").ports[0].host_ip = "127.0.0.1";
    world.container("outside").ports = {fixed_port(80)};
    world.container("outside").ports[0].host_ip = "192.0.2.1";
    world.deployed();
    world.instance("inside.1").ports[0].host_ip = "127.0.0.1";
    world.instance("outside.1").ports[0].host_ip = "192.0.2.1";
    world.container("outside").env["A"] = "1";
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 create outside.1.next (env changed) after 0\n"
          "2 all are created after 1\n"
          "3 stop outside.1 (env changed) after 2\n"
          "4 start outside.1.next (env changed) after 3\n"
          "5 await outside.1.next after 4\n"
          "6 delete outside.1 (env changed) after 5\n"
          "7 rename outside.1.next to outside.1 (env changed) after 6\n"
          "8 await outside after 7\n"
          "9 all are ready after 2 8\n"
          "10 delete volume pivot.shop.1 after 9\n");
}

TEST_CASE("a container without instances holds no port") {
    World world({service("green"), service("blue")});
    world.container("green").ports = {fixed_port(8080)};
    world.container("blue").ports = {fixed_port(8080)};
    world.container("blue").instances = 0;
    world.deployed();
    world.container("green").env["A"] = "1";
    CHECK(to_text(world.plan()) ==
          "0 write record pivot.shop.2\n"
          "1 create green.1.next (env changed) after 0\n"
          "2 all are created after 1\n"
          "3 stop green.1 (env changed) after 2\n"
          "4 start green.1.next (env changed) after 3\n"
          "5 await green.1.next after 4\n"
          "6 delete green.1 (env changed) after 5\n"
          "7 rename green.1.next to green.1 (env changed) after 6\n"
          "8 await green after 7\n"
          "9 all are ready after 2 8\n"
          "10 delete volume pivot.shop.1 after 9\n");
}
