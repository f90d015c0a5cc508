#include "appliance/read.hpp"

#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "describe.hpp"
#include "diagnostics/render.hpp"

namespace {

std::string file(const std::string& path) {
    std::ifstream in(std::string(PIVOT_SOURCE_DIR) + "/" + path);
    REQUIRE(in);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the founding appliance, as it was written, misses a comma") {
    const diagnostics::Source source("appliance.json",
                                     file("tests/unit/appliance/seed-appliance.json"));
    const auto result = appliance::read(source);
    CHECK_FALSE(result.appliance);
    CHECK(render(result.diagnostics, source) + summary(result.diagnostics, source) ==
          R"(error: a comma is missing here
  --> appliance.json:31:43
   |
31 |                 { "container_port": 8080 }
   |                                           ^
32 |                 { "container_port": 7077 }
hint: put `,` between the two entries of `ports`
1 error in appliance.json; nothing was changed
)");
}

TEST_CASE("the founding appliance with its comma is what it says") {
    CHECK(read_text(file("appliances/spark-livy.json")) ==
          "spark-livy\n"
          "livy: heliumdatacommons/livy, cpus 1, mem 4096, args \"spark://spark-master:7077\", "
          "port 8998/tcp, needs spark-master\n"
          "spark-master: heliumdatacommons/spark-master, cpus 1, mem 1024, port 8080/tcp, "
          "port 7077/tcp\n"
          "spark-worker: heliumdatacommons/helium-spark-r-worker, cpus 4, mem 4096, "
          "args \"spark-master:7077\", env PYSPARK_PYTHON=\"/usr/bin/python\", "
          "needs spark-master\n");
}

TEST_CASE("a container needs an id and an image, the rest has defaults") {
    const diagnostics::Source source(
        "a.json", R"({ "id": "shop", "containers": [ { "id": "web", "image": "nginx" } ] })");
    const auto result = appliance::read(source);
    REQUIRE(result.appliance);
    CHECK(result.diagnostics.empty());
    const appliance::Container& web = result.appliance->containers.front();
    CHECK(describe(*result.appliance) == "shop\nweb: nginx\n");
    CHECK(web.type == appliance::ContainerType::service);
    CHECK(web.network_mode == appliance::NetworkMode::container);
    CHECK(std::holds_alternative<appliance::ImageCommand>(web.command));
    CHECK(source.place(web.where) == "a.json:1:33");
    CHECK(source.place(web.image_where) == "a.json:1:57");
}

TEST_CASE("a port is where its host port is, or else its object") {
    const diagnostics::Source source(
        "a.json", R"({ "id": "shop", "containers": [ { "id": "web", "image": "nginx", "ports": [
  { "container_port": 80 },
  { "container_port": 81, "host_port": 8081 }
] } ] })");
    const auto result = appliance::read(source);
    REQUIRE(result.appliance);
    const auto& ports = result.appliance->containers.front().ports;
    CHECK(source.place(ports[0].where) == "a.json:2:3");
    CHECK(source.place(ports[1].where) == "a.json:3:40");
}

TEST_CASE("ports may have a host port, a protocol, a name and an address") {
    CHECK(read_containers(R"({ "id": "dns", "image": "bind", "ports": [
            { "container_port": 53, "protocol": "udp", "host_port": 53, "host_ip": "127.0.0.1" },
            { "container_port": 53, "host_port": 53, "host_ip": "127.0.0.1" },
            { "container_port": 54, "host_port": 53, "host_ip": "127.0.0.2" },
            { "container_port": 80, "host_port": 0, "name": "web", "host_ip": "0:0:0:0:0:0:0:1" },
            { "container_port": 81, "protocol": "sctp" } ] })") ==
          "shop\ndns: bind, port 53/udp on 127.0.0.1:53, port 53/tcp on 127.0.0.1:53, "
          "port 54/tcp on 127.0.0.2:53, port 80/tcp on ::1:0 named web, port 81/sctp\n");
}

TEST_CASE("a container without instances takes no host port") {
    CHECK(read_containers(R"({ "id": "blue", "image": "web", "instances": 0,
                               "ports": [ { "container_port": 80, "host_port": 80 } ] },
                             { "id": "green", "image": "web",
                               "ports": [ { "container_port": 80, "host_port": 80 } ] })") ==
          "shop\nblue: web, instances 0, port 80/tcp on :80\ngreen: web, port 80/tcp on :80\n");
}

TEST_CASE("a value of env that is no string becomes its JSON text") {
    CHECK(read_containers(R"({ "id": "web", "image": "nginx", "env": {
            "A": 1.50, "B": true, "C": [ 1, "two\n", null ], "D": { "b": { }, "a": [ ] },
            "E": "", "F": "ends in a space ", "G": 1e3 } })") ==
          "shop\nweb: nginx, env A=\"1.50\", env B=\"true\", env C=\"[1,\"two\\n\",null]\", "
          "env D=\"{\"b\":{},\"a\":[]}\", env E=\"\", env F=\"ends in a space \", env G=\"1e3\"\n");
}

TEST_CASE("whole numbers may be written with a fraction of nothing") {
    CHECK(read_containers(R"({ "id": "web", "image": "nginx", "instances": 2.0,
                               "resources": { "mem": 5.12e2, "cpus": 0.25 } })") ==
          "shop\nweb: nginx, cpus 0.25, mem 512, instances 2\n");
}

TEST_CASE("arguments stay as they are") {
    CHECK(read_containers(R"({ "id": "jupyter", "image": "sparkmagic",
                               "args": [ "--NotebookApp.token=\"\"", "", "$1" ] })") ==
          "shop\njupyter: sparkmagic, args \"--NotebookApp.token=\"\"\" \"\" \"$1\"\n");
}

TEST_CASE("no arguments are the image's own") {
    CHECK(read_containers(R"({ "id": "web", "image": "nginx", "args": [] })") ==
          "shop\nweb: nginx\n");
}

TEST_CASE("the network is written in any letter case") {
    CHECK(read_containers(R"({ "id": "a", "image": "x", "network_mode": "BRIDGE" },
                             { "id": "b", "image": "x", "network_mode": "Container" })") ==
          "shop\na: x, bridge\nb: x\n");
}

TEST_CASE("comments, a schema, x- keys and a byte order mark are accepted") {
    CHECK(read_text("\xEF\xBB\xBF// a shop\r\n"
                    R"({
        "$schema": "appliance.schema.json",
        "x-owner": { "name": "me" }, /* and
        more */ "id": "shop",
        "containers": [ { "id": "web", "image": "nginx", "x-note": null,
            "resources": { "x-a": 1 }, "ports": [ { "container_port": 80, "x-b": [] } ] } ]
    } // the end)") == "shop\nweb: nginx, port 80/tcp\n");
}

TEST_CASE("a reply of PIVOT's can be fed back") {
    CHECK(read_text(R"({ "id": "shop", "state": "running", "last_update": 1, "containers": [
        { "id": "web", "appliance": "shop", "image": "nginx", "state": "running",
          "deployment": { "cloud": "aws" }, "last_update": "2018",
          "endpoints": [ { "host": "13.58.175.56", "host_port": 23917, "container_port": 80,
                           "protocol": "tcp" } ] } ] })") == "shop\nweb: nginx\n");
}

TEST_CASE("a scheduler is accepted, and a note says that it has no meaning") {
    CHECK(read_text(R"({ "id": "shop", "scheduler": { "name": "x" },
  "containers": [ { "id": "web", "image": "nginx" } ] })") ==
          R"(note: `scheduler` has no meaning on one engine
  --> appliance.json:1:30
  |
1 | { "id": "shop", "scheduler": { "name": "x" },
  |                              ^^^^^^^^^^^^^^^
shop
web: nginx
)");
}

TEST_CASE("an id may have 63 characters") {
    const std::string id(63, 'a');
    CHECK(read_containers("{ \"id\": \"" + id + "\", \"image\": \"x\" }") ==
          "shop\n" + id + ": x\n");
}

TEST_CASE("a container may have the name that another's instance does not have") {
    CHECK(read_containers(R"({ "id": "web", "image": "x", "instances": 2 },
                             { "id": "web-3", "image": "x" }, { "id": "web-02", "image": "x" })") ==
          "shop\nweb: x, instances 2\nweb-3: x\nweb-02: x\n");
}

TEST_CASE("a document may say everything") {
    CHECK(
        read_text(R"({ "id": "shop",
  "data_persistence": { "volume_type": "local", "driver_opts": { "type": "nfs" }, "volumes": [
      { "id": "data" }, { "id": "shared", "scope": "GLOBAL", "driver": "local",
        "driver_opts": { "o": "ro" } }, { "id": "other", "driver": "vieux/sshfs:1" } ] },
  "containers": [
    { "id": "web", "image": "nginx", "type": "service", "instances": 2,
      "resources": { "cpus": 0.5, "mem": 512, "disk": 10240, "gpu": 1 },
      "args": [ "@db:5432" ], "env": { "A": "1" }, "network_mode": "container",
      "ports": [ { "container_port": 53, "protocol": "udp" }, { "container_port": 80 } ],
      "volumes": [
        { "src": "data", "dest": "/data/" }, { "src": "shared", "dest": "/srv//./x", "mode": "ro" },
        { "src": "other", "dest": "/o", "type": "persistent", "mode": "rw" },
        { "src": "/etc/x", "dest": "/etc/x", "type": "host" }, { "src": "/", "dest": "/host" },
        { "host_path": "/a", "container_path": "/b", "mode": "RO" } ],
      "dependencies": [ "db" ],
      "health_check": { "protocol": "mesos_https", "path": "/up?a=1", "port_index": 1,
        "interval_seconds": 0.5, "timeout_seconds": 1, "grace_period_seconds": 0,
        "max_consecutive_failures": 1 },
      "minimum_capacity": 0.5, "is_privileged": true, "force_pull_image": true,
      "schedule_hints": {}, "restart": "on-failure:5", "entrypoint": [ "/run", "" ],
      "working_dir": "/srv", "user": "1000:1000", "hostname": "web.example", "init": false,
      "stop_signal": "int", "stop_grace_period": "1m30s", "labels": { "a": 1, "b": true, "c": "" },
      "cap_add": [ "NET_ADMIN" ], "cap_drop": [ "all", "CAP_chown" ], "read_only": true,
      "tmpfs": [ "/tmp", "/run/:size=64m,mode=1777" ], "shm_size": "64m",
      "ulimits": { "nofile": { "soft": 1024, "hard": -1 }, "nproc": 100 },
      "devices": [ "/dev/fuse", "/dev/sda:/dev/disk:r", "/dev/x:/dev/y", "/dev/z:rw" ],
      "extra_hosts": [ "mail=10.0.0.5", "a.example:::1", "up:host-gateway" ],
      "platform": "linux/arm64/v8" },
    { "id": "db", "image": "postgres", "pull_policy": "never", "cmd": "@web",
      "health_check": { "command": { "value": "ping @web-2; echo \\@" } } },
    { "id": "load", "image": "x", "type": "job", "retries": 3, "pull_policy": "if_not_present" }
  ] })") ==
        R"(note: `schedule_hints` has no meaning: one engine has one place
  --> appliance.json:20:25
   |
20 |       "schedule_hints": {}, "restart": "on-failure:5", "entrypoint": [ "/run", "" ],
   |                         ^^
)"
        "shop\n"
        "web: nginx, cpus 0.5, mem 512, disk 10240, gpu 1, instances 2, args \"db:5432\", "
        "env A=\"1\", port 53/udp, port 80/tcp, volume data on /data, "
        "volume shared on /srv/x read-only, volume other on /o, folder /etc/x on /etc/x, "
        "folder / on /host, folder /a on /b read-only, check https 80/up?a=1 every 500 ms "
        "within 1000 ms after 0 ms, 1 failures, capacity 0.5, restart on-failure:5, privileged, "
        "pull always, entrypoint [\"/run\" \"\"], in /srv, as 1000:1000, hostname web.example, "
        "init false, stop by SIGINT, stop within 90000 ms, label a=\"1\", label b=\"true\", "
        "label c=\"\", cap_add [\"NET_ADMIN\"], cap_drop [\"ALL\" \"CHOWN\"], read-only, "
        "tmpfs /tmp, tmpfs /run with size=64m,mode=1777, shm 67108864, ulimit nofile 1024:-1, "
        "ulimit nproc 100:100, device /dev/fuse as /dev/fuse rwm, "
        "device /dev/sda as /dev/disk r, device /dev/x as /dev/y rwm, device /dev/z as /dev/z rw, "
        "host mail at 10.0.0.5, host a.example at ::1, host up at host-gateway, "
        "platform linux/arm64/v8, needs db\n"
        "db: postgres, cmd \"web\", check command \"ping web-2; echo @\" every 60000 ms within "
        "20000 ms after 300000 ms, 3 failures, pull never, reaches web\n"
        "load: x, job, restart on-failure:3, pull missing\n"
        "volume data, option type=\"nfs\"\n"
        "volume shared, global, option o=\"ro\"\n"
        "volume other, driver vieux/sshfs:1\n");
}
