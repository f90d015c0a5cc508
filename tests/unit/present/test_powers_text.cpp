#include "catch.hpp"
#include "present/plan_text.hpp"
#include "present/powers_text.hpp"
#include "unit/present/values.hpp"

using namespace values;

TEST_CASE("what makes a document as mighty as root stands in one line, in its order") {
    appliance::Container agent = container("agent");
    agent.privileged = true;
    agent.network_mode = appliance::NetworkMode::host;
    agent.mounts = {
        {appliance::HostFolder{"/var/run/docker.sock"}, "/sock", appliance::Access::read_only, {}},
        {appliance::VolumeId("plain"), "/plain", appliance::Access::read_write, {}},
        {appliance::VolumeId("etc"), "/etc2", appliance::Access::read_write, {}}};
    agent.extras.cap_add = {"NET_BIND_SERVICE", "SYS_ADMIN", "ALL"};
    agent.extras.devices = {{"/dev/sda", "/dev/sda", "rwm"}};
    appliance::Appliance appliance = appliance_of("tools", {container("web"), agent});
    appliance.volumes.resize(2);
    appliance.volumes[0].id = appliance::VolumeId("plain");
    appliance.volumes[1].id = appliance::VolumeId("etc");
    appliance.volumes[1].driver_options = {{"device", "/etc"}, {"o", "bind"}};
    CHECK(present::powers_line(appliance::powers_of(appliance)) ==
          "this document can act as root on the engine's machine: `agent` is privileged, "
          "`agent` is on the host's network, `agent` mounts /var/run/docker.sock "
          "(read-only), "
          "`agent` mounts what the options of volume etc say, `agent` gets SYS_ADMIN, `agent` gets "
          "ALL, "
          "`agent` uses the device /dev/sda");
}

TEST_CASE("a document without such powers gets no line") {
    CHECK(present::powers_line(appliance::powers_of(appliance_of("shop", {container("web")}))) ==
          "");
}

TEST_CASE("a capability that every container has makes none mighty") {
    appliance::Container web = container("web");
    web.extras.cap_drop = {"ALL"};
    web.extras.cap_add = {"AUDIT_WRITE", "CHOWN",   "DAC_OVERRIDE",     "FOWNER",    "FSETID",
                          "KILL",        "MKNOD",   "NET_BIND_SERVICE", "NET_RAW",   "SETFCAP",
                          "SETGID",      "SETPCAP", "SETUID",           "SYS_CHROOT"};
    CHECK(present::powers_line(appliance::powers_of(appliance_of("shop", {web}))) == "");
}
