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
          "2-c35d0253ff863fd3 image=9030,args=34f0,env=0721,cpus=17b9,mem=f422");
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
    CHECK(difference(before, fingerprint(web, "sha256:0")) == "args changed");
}

TEST_CASE("a shell line is not the same as one argument") {
    appliance::Container web = service("web");
    web.command = appliance::Arguments{{"run"}};
    const std::string before = fingerprint(web, "sha256:0");
    web.command = appliance::ShellCommand{"run"};
    CHECK(difference(before, fingerprint(web, "sha256:0")) == "cmd and args changed");
}

TEST_CASE("a fingerprint of another schema, or none, is a change by itself") {
    const std::string now = fingerprint(service("web"), "sha256:0");
    CHECK(difference("1-6eeba1b736ae931f type=9caf,image=9030", now) == "made by an older pivot");
    CHECK(difference("300-0 image=1", now) == "made by a newer pivot");
    for (const std::string before : {"", "2", "-", "x-0 image=1", "99999999999-0", " ,=,", "2-0"}) {
        INFO(before);
        const std::string reason = difference(before, now);
        CHECK(reason == (before == "2-0" ? "image changed" : "made by another version of pivot"));
    }
}

TEST_CASE("all that changed is named, also what is back at its default") {
    appliance::Container web = service("web");
    web.extras.stop_signal = "SIGINT";
    web.extras.cap_add = {"KILL"};
    const std::string before = fingerprint(web, "sha256:0");
    web.extras.stop_signal = "";
    web.extras.cap_add = {"CHOWN"};
    web.env = {{"A", "1"}};
    CHECK(difference(before, fingerprint(web, "sha256:0")) ==
          "env, cap_add and stop_signal changed");
    CHECK(changed_parts(before, fingerprint(web, "sha256:0")) ==
          std::vector<std::string>{"env", "cap_add", "stop_signal"});
    CHECK(changed_parts("1-0 image=1", before).empty());
}

TEST_CASE("a container that other names of hosts reach is another one") {
    const appliance::Container web = service("web");
    const std::string before = fingerprint(web, "sha256:0");
    CHECK(difference(before, fingerprint(web, "sha256:0", {{"db", Slot{0}}})) ==
          "host names changed");
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
