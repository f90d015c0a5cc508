#include "plan/fingerprint.hpp"

#include "catch.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using plan::testing::service;

TEST_CASE("a fingerprint stays what it is: changing this text replaces every container there is") {
    appliance::Container web = service("web");
    web.env = {{"A", "1"}, {"B", " two "}};
    web.command = appliance::Arguments{{"--token", "\"\""}};
    web.resources.cpus = 1.5;
    web.resources.mem = 256;
    CHECK(fingerprint(web, "sha256:0") ==
          "1-6eeba1b736ae931f "
          "type=9caf,image=9030,command=7d1f,env=0721,ports=b5a5,volumes=b5a5,network "
          "mode=5a1f,host names=b5a5,resources=22d0,health check=08e4,restart=c362,settings=1a25");
}

TEST_CASE("what the engine does not get does not count") {
    appliance::Container web = service("web");
    web.ports = {{80, 0, appliance::Protocol::tcp, "http", "", {}}};
    const std::string before = fingerprint(web, "sha256:0");
    web.instances = 7;
    web.needs = {ContainerId("db")};
    web.ports[0].name = "main";
    web.where = {3, 4};
    web.network_mode = appliance::NetworkMode::bridge;
    CHECK(fingerprint(web, "sha256:0") == before);
}

TEST_CASE("the order of ports does not count") {
    appliance::Container web = service("web");
    web.ports = {{80, 0, appliance::Protocol::tcp, "", "", {}},
                 {443, 0, appliance::Protocol::tcp, "", "", {}}};
    const std::string before = fingerprint(web, "sha256:0");
    std::swap(web.ports[0], web.ports[1]);
    CHECK(fingerprint(web, "sha256:0") == before);
}

TEST_CASE("an empty list of arguments is not the image's own") {
    appliance::Container web = service("web");
    const std::string before = fingerprint(web, "sha256:0");
    web.command = appliance::Arguments{};
    CHECK(difference(before, fingerprint(web, "sha256:0")) == "command changed");
}

TEST_CASE("a shell line is not the same as one argument") {
    appliance::Container web = service("web");
    web.command = appliance::Arguments{{"run"}};
    const std::string before = fingerprint(web, "sha256:0");
    web.command = appliance::ShellCommand{"run"};
    CHECK(difference(before, fingerprint(web, "sha256:0")) == "command changed");
}

TEST_CASE("a fingerprint of another schema, or none, is a change by itself") {
    const std::string now = fingerprint(service("web"), "sha256:0");
    CHECK(difference("0-aaaa image=1", now) == "made by another version of pivot");
    CHECK(difference("", now) == "made by another version of pivot");
}

TEST_CASE("a volume that is the appliance's own now, or no longer, is another volume") {
    using Scope = appliance::PersistentVolume::Scope;
    appliance::Container web = service("web");
    web.mounts = {{appliance::VolumeId("data"), "/data", appliance::Access::read_write, {}}};
    std::vector<appliance::PersistentVolume> volumes(1);
    volumes[0].id = appliance::VolumeId("data");
    volumes[0].scope = Scope::local;
    const std::string before = fingerprint(web, "sha256:0", {}, volumes);
    CHECK(before == fingerprint(web, "sha256:0"));
    volumes[0].scope = Scope::global;
    CHECK(difference(before, fingerprint(web, "sha256:0", {}, volumes)) == "volumes changed");
}
