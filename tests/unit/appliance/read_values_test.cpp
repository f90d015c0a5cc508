#include "appliance/read.hpp"
#include "catch.hpp"
#include "describe.hpp"
#include "diagnostics/render.hpp"

// The edges of what a document may say: what is beyond them is in wrong/.

namespace {

// A container of one key beside its id and image, described without them.
std::string one(const std::string& keys) {
    std::string text = read_containers(R"({ "id": "a", "image": "x", )" + keys + " }");
    const std::string begin = "shop\na: x";
    return text.starts_with(begin) ? text.substr(begin.size()) : text;
}

const std::string port = R"("ports": [ { "container_port": 80 } ], )";
const std::string after_port = ", port 80/tcp";

}  // namespace

TEST_CASE("a job is restarted as often as it says, a service until it is stopped") {
    CHECK(one(R"("type": "job")") == ", job\n");
    CHECK(one(R"("type": "job", "instances": 1, "retries": 0)") == ", job\n");
    CHECK(one(R"("type": "job", "retries": 1000)") == ", job, restart on-failure:1000\n");
    CHECK(one(R"("type": "job", "restart": "no")") == ", job\n");
    CHECK(one(R"("type": "job", "restart": "on-failure")") == ", job, restart on-failure:0\n");
    CHECK(one(R"("type": "job", "restart": "on-failure:1")") == ", job, restart on-failure:1\n");
    CHECK(one(R"("restart": "no")") == ", restart no\n");
    CHECK(one(R"("restart": "always")") == ", restart always\n");
    CHECK(one(R"("restart": "unless-stopped")") == "\n");
    CHECK(one(R"("restart": "on-failure:1000")") == ", restart on-failure:1000\n");
}

TEST_CASE("what a job cannot have may be turned off") {
    CHECK(one(R"("type": "job", "default_health_check": false)") == ", job\n");
}

TEST_CASE("resources reach from least to most") {
    CHECK(one(R"("resources": { "cpus": 0.01, "mem": 6, "disk": 1, "gpu": 0 })") ==
          ", cpus 0.01, mem 6, disk 1\n");
    CHECK(
        one(R"("resources": { "cpus": 1024, "mem": 16777216, "disk": 16777216, "gpus": 1024 })") ==
        ", cpus 1024, mem 16777216, disk 16777216, gpu 1024\n");
}

TEST_CASE("on the host network the container port is the host port") {
    CHECK(one(R"("network_mode": "Host", "ports": [ { "container_port": 80 },
                 { "container_port": 81, "host_port": 81 },
                 { "container_port": 80, "host_port": 0, "protocol": "udp" } ])") ==
          ", host, port 80/tcp on :80, port 81/tcp on :81, port 80/udp on :80\n");
    CHECK(one(R"("network_mode": "host", "instances": 2)") == ", instances 2, host\n");
}

TEST_CASE("a container without instances takes no port of the host network") {
    CHECK(read_containers(R"({ "id": "a", "image": "x", "network_mode": "host", "instances": 0,
                               "ports": [ { "container_port": 80 } ] },
                             { "id": "b", "image": "x", "network_mode": "host",
                               "ports": [ { "container_port": 80 } ] })") ==
          "shop\na: x, instances 0, host, port 80/tcp on :80\nb: x, host, port 80/tcp on :80\n");
}

TEST_CASE("a container on the host network is reached by its name, like any other") {
    CHECK(read_containers(R"({ "id": "a", "image": "x", "cmd": "ping @b" },
                             { "id": "b", "image": "x", "network_mode": "host" })") ==
          "shop\na: x, cmd \"ping b\", needs b\nb: x, host\n");
}

TEST_CASE("what a container names it reaches, whether it waits for it or not") {
    const diagnostics::Source source("a.json", R"({ "id": "shop", "containers": [
        { "id": "c", "image": "x", "dependencies": [ "b" ], "args": [ "@a", "@c", "@a" ],
          "health_check": { "command": "ping @d-1" } },
        { "id": "a", "image": "x", "cmd": "@c" }, { "id": "b", "image": "x" },
        { "id": "d", "image": "x" } ] })");
    const auto result = appliance::read(source);
    REQUIRE(result.appliance);
    using appliance::ContainerId;
    const auto& c = result.appliance->containers[0];
    CHECK(c.reaches == std::vector{ContainerId("a"), ContainerId("b"), ContainerId("d")});
    CHECK(c.needs == std::vector{ContainerId("b"), ContainerId("d")});
    CHECK(result.appliance->containers[1].reaches == std::vector{ContainerId("c")});
}

TEST_CASE("a mount is where its object is") {
    const diagnostics::Source source("a.json", R"({ "id": "shop", "containers": [
  { "id": "a", "image": "x", "volumes": [ { "src": "/a", "dest": "/b" } ] } ],
  "data_persistence": { "volumes": [ { "id": "old" } ] } })");
    const auto result = appliance::read(source);
    REQUIRE(result.appliance);
    CHECK(source.place(result.appliance->containers[0].mounts[0].where) == "a.json:2:43");
    CHECK(source.place(result.appliance->volumes[0].where) == "a.json:3:38");
}

TEST_CASE("a volume that nobody mounts is a warning") {
    CHECK(read_text(R"({ "id": "shop", "data_persistence": { "volumes": [ { "id": "old" } ] },
  "containers": [ { "id": "a", "image": "x" } ] })") ==
          R"(warning: no container mounts `old`
  --> appliance.json:1:60
  |
1 | { "id": "shop", "data_persistence": { "volumes": [ { "id": "old" } ] },
  |                                                            ^^^^^
hint: mount it in a container's `volumes`, or remove it
shop
a: x
volume old
)");
}

TEST_CASE("a mount's path is kept in its shortest spelling") {
    CHECK(one(R"("volumes": [ { "src": "/a//b/", "dest": "//b/./c//" },
                              { "src": "/x/../y", "dest": "/b/...", "mode": "Ro" } ])") ==
          ", folder /a/b on /b/c, folder /x/../y on /b/... read-only\n");
    const std::string longest = "/" + std::string(4094, 'd');
    CHECK(one(R"("volumes": [ { "src": "/a", "dest": ")" + longest + "\" } ]") ==
          ", folder /a on " + longest + "\n");
    CHECK(one(R"("volumes": [ { "src": "/a", "dest": ")" + longest + "d\" } ]")
              .starts_with("error: `dest` has 4096 bytes, the most is 4095\n"));
}

TEST_CASE("volumes may say how they are made, all of them or each for itself") {
    CHECK(read_text(R"({ "id": "shop", "containers": [ { "id": "a", "image": "x", "volumes": [
        { "src": "a", "dest": "/a" }, { "src": "b", "dest": "/b" }, { "src": "cc", "dest": "/c" },
        { "src": "d", "dest": "/d" } ] } ],
      "data_persistence": { "driver_opts": { "o": "1" }, "volume_type": "nfs", "volumes": [
        { "id": "a" }, { "id": "b", "driver": "nfs", "driver_opts": {} },
        { "id": "cc", "scope": "Global", "driver": "local" },
        { "id": "d", "scope": "Local", "driver_opts": { "p": "" } } ] } })") ==
          "shop\na: x, volume a on /a, volume b on /b, volume cc on /c, volume d on /d\n"
          "volume a, driver nfs, option o=\"1\"\nvolume b, driver nfs\nvolume cc, global\n"
          "volume d, driver nfs, option p=\"\"\n");
}

TEST_CASE("a health check has PIVOT's defaults") {
    const std::string times = " every 60000 ms within 20000 ms after 300000 ms, 3 failures\n";
    CHECK(one(port + R"("health_check": {})") == after_port + ", check tcp 80" + times);
    CHECK(one(port + R"("health_check": { "protocol": "mesos_tcp" })") ==
          after_port + ", check tcp 80" + times);
    CHECK(one(port + R"("health_check": { "path": "/up" })") ==
          after_port + ", check http 80/up" + times);
    CHECK(one(port + R"("health_check": { "protocol": "Https" })") ==
          after_port + ", check https 80/" + times);
    CHECK(one(R"("health_check": { "protocol": "none" })") == ", no check\n");
    CHECK(one(R"("health_check": { "command": "true" })") == ", check command \"true\"" + times);
    CHECK(one(R"("health_check": { "protocol": "command", "command": { "value": "a" } })") ==
          ", check command \"a\"" + times);
    CHECK(one(port + R"("default_health_check": true)") == after_port + ", check tcp 80" + times);
    CHECK(one(port + R"("default_health_check": false)") == after_port + "\n");
    CHECK(one(R"("default_health_check": true, "ports": [
                 { "container_port": 53, "protocol": "udp" }, { "container_port": 54 } ])") ==
          ", port 53/udp, port 54/tcp, check tcp 54" + times);
}

TEST_CASE("a health check's numbers reach from least to most") {
    CHECK(one(port + R"("health_check": { "interval_seconds": 0.001, "timeout_seconds": 0.0015,
                          "grace_period_seconds": 0, "max_consecutive_failures": 1 })") ==
          after_port + ", check tcp 80 every 1 ms within 2 ms after 0 ms, 1 failures\n");
    CHECK(one(port + R"("health_check": { "interval_seconds": 86400, "timeout_seconds": 86400,
                          "grace_period_seconds": 86400, "max_consecutive_failures": 1000 })") ==
          after_port +
              ", check tcp 80 every 86400000 ms within 86400000 ms after 86400000 ms, "
              "1000 failures\n");
    CHECK(one(R"("minimum_capacity": 0)") == ", capacity 0\n");
    CHECK(one(R"("minimum_capacity": 1.0)") == "\n");
}

TEST_CASE("when to pull is said in PIVOT's way or Compose's") {
    CHECK(one(R"("force_pull_image": true)") == ", pull always\n");
    CHECK(one(R"("force_pull_image": false)") == "\n");
    CHECK(one(R"("force_pull_image": true, "pull_policy": "always")") == ", pull always\n");
    CHECK(one(R"("force_pull_image": false, "pull_policy": "never")") == ", pull never\n");
    CHECK(one(R"("pull_policy": "if_not_present")") == ", pull missing\n");
}

TEST_CASE("an entrypoint in one string is split as a shell splits it") {
    CHECK(one(R"("entrypoint": "sh -c 'echo \"a b\"'")") ==
          ", entrypoint [\"sh\" \"-c\" \"echo \"a b\"\"]\n");
    CHECK(one(R"("entrypoint": " a\tb\\ c  \"d\\\" \\$ \\e\"f'' '' ")") ==
          ", entrypoint [\"a\" \"b c\" \"d\" $ \\ef\" \"\"]\n");
    CHECK(one(R"("entrypoint": "a $1 `b` #c", "args": [ "d" ])") ==
          ", args \"d\", entrypoint [\"a\" \"$1\" \"`b`\" \"#c\"]\n");
    const diagnostics::Source source(
        "a.json", R"({ "id": "a", "containers": [ { "id": "a", "image": "x", "entrypoint": "" },
                                                  { "id": "b", "image": "x", "entrypoint": [] },
                                                  { "id": "c", "image": "x" } ] })");
    const auto result = appliance::read(source);
    REQUIRE(result.appliance);
    using Entrypoint = std::optional<std::vector<std::string>>;
    CHECK(result.appliance->containers[0].extras.entrypoint == Entrypoint(std::in_place));
    CHECK(result.appliance->containers[1].extras.entrypoint == Entrypoint(std::in_place));
    CHECK(result.appliance->containers[2].extras.entrypoint == Entrypoint());
}

TEST_CASE("a process may run and end as Compose has it") {
    CHECK(one(R"("init": true, "working_dir": "/", "user": "app:0", "hostname": "h-1.A")") ==
          ", in /, as app:0, hostname h-1.A, init true\n");
    CHECK(one("\"hostname\": \"" + std::string(63, 'h') + "\"") ==
          ", hostname " + std::string(63, 'h') + "\n");
    CHECK(one(R"("stop_signal": "sigusr1")") == ", stop by SIGUSR1\n");
    CHECK(one(R"("stop_signal": "TERM")") == ", stop by SIGTERM\n");
    CHECK(one(R"("stop_signal": "RTMIN+15")") == ", stop by SIGRTMIN+15\n");
    CHECK(one(R"("stop_signal": 1)") == ", stop by SIGHUP\n");
    CHECK(one(R"("stop_signal": "64")") == ", stop by SIGRTMAX\n");
    CHECK(one(R"("platform": "Linux")") == ", platform linux\n");
    CHECK(one(R"("platform": "windows/amd64")") == ", platform windows/amd64\n");
}

TEST_CASE("a variable that nobody expands is noted once, at its first place") {
    CHECK(one(R"("labels": { "a": "$", "b": "\u00e9 $${A:-b}" }, "env": { "C": "$D" })") ==
          "note: pivot expands no variables: `$${A:-b}` stays as it is written\n"
          "  --> appliance.json:2:63\n"
          "  |\n"
          "2 | { \"id\": \"a\", \"image\": \"x\", \"labels\": { \"a\": \"$\", \"b\": \"\\u00e9 "
          "$${A:-b}\" }, "
          "\"env\": { \"C\": \"$D\" } }\n"
          "  |                                                               ^^^^^^^^\n"
          "hint: write the value itself; only a shell expands it, as in `cmd`\n"
          "shop\na: x, env C=\"$D\", label a=\"$\", label b=\"é $${A:-b}\"\n");
    for (const std::string quiet :
         {R"("cmd": "echo $A")", R"("args": [ "sh", "-ec", "echo $A" ])",
          R"("entrypoint": "/bin/sh -c", "args": [ "echo ${A}" ])",
          R"("entrypoint": [ "bash", "-c", "exec $A" ])",
          R"("health_check": { "command": "test $A" })",
          R"("health_check": { "command": { "value": "test $A" } })", R"("x-a": "$A")",
          R"("env": { "A": "a$ $1 ${} $( $", "$B": "" })", R"("args": [ "^a$" ])"}) {
        INFO(quiet);
        CHECK(one(quiet).find("note") == std::string::npos);
    }
    for (const std::string noted :
         {R"("args": [ "$A" ])", R"("entrypoint": [ "x", "${A}" ])", R"("hostname": "$A")",
          R"("volumes": [ { "src": "$A/x", "dest": "/b" } ])",
          R"("env": { "A": { "b": [ "$_" ] } })", R"("working_dir": "/$A")",
          R"("tmpfs": [ "/$A" ])"}) {
        INFO(noted);
        CHECK(one(noted).find("note: pivot expands no variables: ") != std::string::npos);
    }
}

TEST_CASE("a program is given no string that is longer than Linux allows") {
    const std::string longest(131071, 'x');
    const auto is_valid = [](const std::string& members) {
        return one(members).find("error: ") == std::string::npos;
    };
    for (const std::string member :
         {R"("cmd": "#")", R"("args": [ "#" ])", R"("entrypoint": [ "#" ])",
          R"("env": { "A": "#" })", R"("health_check": { "command": "#" })"}) {
        INFO(member);
        const std::size_t name = member.find("env") == std::string::npos ? 0 : 2;  // `A=`
        const std::size_t at = member.find('#');
        std::string text = member;
        CHECK(is_valid(text.replace(at, 1, longest.substr(name))));
        CHECK_FALSE(is_valid(text.replace(at, 1, "xx")));
    }
    CHECK(one("\"env\": { \"CONFIG\": \"" + longest + "\" }")
              .starts_with("error: `CONFIG` with its value has 131078 bytes, the most that Linux "
                           "gives a program is 131071\n"));
}

TEST_CASE("durations are Compose's") {
    CHECK(one(R"("stop_grace_period": "0s")") == ", stop within 0 ms\n");
    CHECK(one(R"("stop_grace_period": "500ms")") == ", stop within 500 ms\n");
    CHECK(one(R"("stop_grace_period": "1.5s")") == ", stop within 1500 ms\n");
    CHECK(one(R"("stop_grace_period": "1h5m30s20ms")") == ", stop within 3930020 ms\n");
    CHECK(one(R"("stop_grace_period": "1us")") == ", stop within 1 ms\n");
    CHECK(one(R"("stop_grace_period": "24h")") == ", stop within 86400000 ms\n");
}

TEST_CASE("sizes are Compose's") {
    CHECK(one(R"("shm_size": 1)") == ", shm 1\n");
    CHECK(one(R"("shm_size": "1b")") == ", shm 1\n");
    CHECK(one(R"("shm_size": "1024")") == ", shm 1024\n");
    CHECK(one(R"("shm_size": "64M")") == ", shm 67108864\n");
    CHECK(one(R"("shm_size": "1.5gb")") == ", shm 1610612736\n");
    CHECK(one(R"("shm_size": "2 KiB")") == ", shm 2048\n");
    CHECK(one(R"("shm_size": "16t")") == ", shm 17592186044416\n");
}

TEST_CASE("labels and hosts are lists or objects") {
    CHECK(one(R"("labels": [ "a=b=c", "d", "pivotal=1" ])") ==
          ", label a=\"b=c\", label d=\"\", label pivotal=\"1\"\n");
    CHECK(one(R"("labels": { "a": 1.50, "b": false })") ==
          ", label a=\"1.50\", label b=\"false\"\n");
    CHECK(one(R"("extra_hosts": { "v4": "10.0.0.1", "v6": "[::1]" })") ==
          ", host v4 at 10.0.0.1, host v6 at ::1\n");
    CHECK(one(R"("extra_hosts": [ "h=10.0.0.1", "h:0:0::1", "i=host-gateway", "a-2=::1" ])") ==
          ", host h at 10.0.0.1, host h at ::1, host i at host-gateway, host a-2 at ::1\n");
}

TEST_CASE("powers are given in the engine's words") {
    CHECK(one(R"("cap_add": [ "cap_sys_ptrace", "ALL" ], "cap_drop": [ "Net_Raw" ])") ==
          ", cap_add [\"SYS_PTRACE\" \"ALL\"], cap_drop [\"NET_RAW\"]\n");
    CHECK(one(R"("is_privileged": false, "read_only": false)") == "\n");
    CHECK(one(R"("tmpfs": "/a/:")") == ", tmpfs /a\n");
    CHECK(one(R"("tmpfs": [ "/a:size=10%,mode=01777,uid=0,gid=1,nr_inodes=1k,noexec,rw" ])") ==
          ", tmpfs /a with size=10%,mode=01777,uid=0,gid=1,nr_inodes=1k,noexec,rw\n");
    CHECK(one(R"("ulimits": { "memlock": -1, "core": 0, "cpu": { "soft": 1, "hard": 1 },
                              "rss": 9007199254740991 })") ==
          ", ulimit memlock -1:-1, ulimit core 0:0, ulimit cpu 1:1, "
          "ulimit rss 9007199254740991:9007199254740991\n");
    CHECK(one(R"("devices": [ "/dev/a:r", "/dev/b:/dev/c/:mrw" ])") ==
          ", device /dev/a as /dev/a r, device /dev/b as /dev/c mrw\n");
}

TEST_CASE("hints of PIVOT's scheduler are accepted, and a note says that they have no meaning") {
    CHECK(one(R"("schedule_hints": { "placement": { "cloud": "aws" } })") ==
          R"(note: `schedule_hints` has no meaning: one engine has one place
  --> appliance.json:2:46
  |
2 | { "id": "a", "image": "x", "schedule_hints": { "placement": { "cloud": "aws" } } }
  |                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
shop
a: x
)");
}
