// A change of a key that means something to the engine changes the fingerprint, and the reason
// names it.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "appliance/keys.hpp"
#include "appliance/read.hpp"
#include "catch.hpp"
#include "diagnostics/render.hpp"
#include "plan/fingerprint.hpp"

namespace {

// A key with two values that mean different things, as members of a container.
struct KeyChange {
    std::string key;  // "container.env"
    std::string one, other;
    std::string named;  // as the reason names it
};

const std::vector<KeyChange>& changes() {
    static const std::vector<KeyChange> list{
        {"container.type", R"("type": "service")", R"("type": "job", "restart": "no")", "type"},
        {"container.resources", R"("resources": { "mem": 64 })", R"("resources": {})", "mem"},
        {"container.cmd", R"("cmd": "a")", R"("cmd": "b")", "cmd"},
        {"container.args", R"("args": [ "a", "b" ])", R"("args": [ "b", "a" ])", "args"},
        {"container.env", R"("env": { "A": "1" })", R"("env": { "A": "2" })", "env"},
        {"container.network_mode", R"("network_mode": "host")", R"("network_mode": "bridge")",
         "network_mode"},
        {"container.ports", R"("ports": [ { "container_port": 80 } ])", R"("ports": [])", "ports"},
        {"container.volumes", R"("volumes": [ { "src": "/a", "dest": "/b" } ])", R"("volumes": [])",
         "volumes"},
        {"container.health_check", R"("health_check": { "command": "a" })",
         R"("health_check": { "command": "b" })", "health_check"},
        {"container.default_health_check",
         R"("default_health_check": true, "ports": [ { "container_port": 80 } ])",
         R"("default_health_check": false, "ports": [ { "container_port": 80 } ])", "health_check"},
        {"container.is_privileged", R"("is_privileged": true)", R"("is_privileged": false)",
         "is_privileged"},
        {"container.retries", R"("type": "job", "retries": 1)", R"("type": "job", "retries": 2)",
         "restart"},
        {"container.restart", R"("restart": "always")", R"("restart": "no")", "restart"},
        {"container.entrypoint", R"("entrypoint": [ "a" ])", R"("entrypoint": [])", "entrypoint"},
        {"container.working_dir", R"("working_dir": "/a")", R"("working_dir": "/b")",
         "working_dir"},
        {"container.user", R"("user": "a")", R"("user": "b")", "user"},
        {"container.hostname", R"("hostname": "a")", R"("hostname": "b")", "hostname"},
        {"container.init", R"("init": true)", R"("init": false)", "init"},
        {"container.stop_signal", R"("stop_signal": "SIGTERM")", R"("stop_signal": "SIGINT")",
         "stop_signal"},
        {"container.stop_grace_period", R"("stop_grace_period": "1m")",
         R"("stop_grace_period": "10s")", "stop_grace_period"},
        {"container.labels", R"("labels": { "a": "b" })", R"("labels": { "a": "c" })", "labels"},
        {"container.cap_add", R"("cap_add": [ "KILL" ])", R"("cap_add": [ "ALL" ])", "cap_add"},
        {"container.cap_drop", R"("cap_drop": [ "KILL" ])", R"("cap_drop": [ "ALL" ])", "cap_drop"},
        {"container.read_only", R"("read_only": true)", R"("read_only": false)", "read_only"},
        {"container.tmpfs", R"("tmpfs": [ "/a:ro,rw" ])", R"("tmpfs": [ "/a:rw,ro" ])", "tmpfs"},
        {"container.shm_size", R"("shm_size": "65m")", R"("shm_size": "64m")", "shm_size"},
        {"container.ulimits", R"("ulimits": { "core": 1 })", R"("ulimits": { "core": 2 })",
         "ulimits"},
        {"container.devices", R"("devices": [ "/dev/a" ])", R"("devices": [ "/dev/a:r" ])",
         "devices"},
        {"container.extra_hosts", R"("extra_hosts": [ "h=10.0.0.1", "h=10.0.0.2" ])",
         R"("extra_hosts": [ "h=10.0.0.2", "h=10.0.0.1" ])", "extra_hosts"},
        {"container.platform", R"("platform": "linux/amd64")", R"("platform": "linux/arm64")",
         "platform"},
        {"resources.cpus", R"("resources": { "cpus": 1 })", R"("resources": { "cpus": 1.5 })",
         "cpus"},
        {"resources.mem", R"("resources": { "mem": 64 })", R"("resources": { "mem": 65 })", "mem"},
        {"resources.disk", R"("resources": { "disk": 4 })", R"("resources": { "disk": 5 })",
         "disk"},
        {"resources.gpu", R"("resources": { "gpu": 1 })", R"("resources": { "gpu": 0 })", "gpu"},
        {"resources.gpus", R"("resources": { "gpus": 1 })", R"("resources": { "gpus": 2 })", "gpu"},
        {"port.container_port", R"("ports": [ { "container_port": 80 } ])",
         R"("ports": [ { "container_port": 81 } ])", "ports"},
        {"port.host_port", R"("ports": [ { "container_port": 80, "host_port": 80 } ])",
         R"("ports": [ { "container_port": 80, "host_port": 0 } ])", "ports"},
        {"port.protocol", R"("ports": [ { "container_port": 80, "protocol": "udp" } ])",
         R"("ports": [ { "container_port": 80, "protocol": "tcp" } ])", "ports"},
        {"port.host_ip", R"("ports": [ { "container_port": 80, "host_ip": "127.0.0.1" } ])",
         R"("ports": [ { "container_port": 80, "host_ip": "::1" } ])", "ports"},
        {"volume.src", R"("volumes": [ { "src": "/a", "dest": "/b" } ])",
         R"("volumes": [ { "src": "data", "dest": "/b" } ])", "volumes"},
        {"volume.dest", R"("volumes": [ { "src": "data", "dest": "/b" } ])",
         R"("volumes": [ { "src": "data", "dest": "/c" } ])", "volumes"},
        {"volume.type", R"("volumes": [ { "src": "/data", "dest": "/b", "type": "host" } ])",
         R"("volumes": [ { "src": "data", "dest": "/b", "type": "persistent" } ])", "volumes"},
        {"volume.mode", R"("volumes": [ { "src": "data", "dest": "/b", "mode": "RO" } ])",
         R"("volumes": [ { "src": "data", "dest": "/b", "mode": "RW" } ])", "volumes"},
        {"volume.host_path", R"("volumes": [ { "host_path": "/a", "container_path": "/b" } ])",
         R"("volumes": [ { "host_path": "/c", "container_path": "/b" } ])", "volumes"},
        {"volume.container_path", R"("volumes": [ { "host_path": "/a", "container_path": "/b" } ])",
         R"("volumes": [ { "host_path": "/a", "container_path": "/c" } ])", "volumes"},
        {"health_check.protocol",
         R"("ports": [ { "container_port": 80 } ], "health_check": { "protocol": "TCP" })",
         R"("ports": [ { "container_port": 80 } ])", "health_check"},
        {"health_check.protocol", R"("health_check": { "protocol": "NONE" })", R"("x-none": 0)",
         "health_check"},
        {"health_check.command", R"("health_check": { "command": "a" })",
         R"("health_check": { "command": "b" })", "health_check"},
        {"health_check.interval_seconds",
         R"("health_check": { "command": "a", "interval_seconds": 1 })",
         R"("health_check": { "command": "a" })", "health_check"},
        {"health_check.timeout_seconds",
         R"("health_check": { "command": "a", "timeout_seconds": 1 })",
         R"("health_check": { "command": "a" })", "health_check"},
        {"health_check.max_consecutive_failures",
         R"("health_check": { "command": "a", "max_consecutive_failures": 1 })",
         R"("health_check": { "command": "a" })", "health_check"},
        {"command.value", R"("health_check": { "command": { "value": "a" } })",
         R"("health_check": { "command": { "value": "b" } })", "health_check"},
        {"ulimit.soft", R"("ulimits": { "core": { "soft": 1, "hard": 2 } })",
         R"("ulimits": { "core": { "soft": 2, "hard": 2 } })", "ulimits"},
        {"ulimit.hard", R"("ulimits": { "core": { "soft": 1, "hard": 2 } })",
         R"("ulimits": { "core": { "soft": 1, "hard": -1 } })", "ulimits"},
    };
    return list;
}

// What changes nothing about a container that is there, and why.
const std::map<std::string, std::string>& of_no_matter() {
    static const std::map<std::string, std::string> list{
        {"container.id", "another id is another container"},
        {"container.image", "the image's ID counts, not its name"},
        {"container.instances", "each instance is a container of its own"},
        {"container.dependencies", "it is about the order"},
        {"container.minimum_capacity", "it is about readiness"},
        {"container.force_pull_image", "it is about the pull"},
        {"container.pull_policy", "it is about the pull"},
        {"container.schedule_hints", "it has no meaning"},
        {"port.name", "the engine has no names for ports"},
        {"health_check.path", "pivot asks for it"},
        {"health_check.port_index", "pivot tries it"},
        {"health_check.grace_period_seconds", "it counts before the container is ready"},
    };
    return list;
}

bool is_about_containers(std::string_view object) {
    return object != "appliance" && object != "data_persistence" && object != "persistent_volume";
}

std::string fingerprint_of(const std::string& members) {
    const std::string text =
        R"({ "id": "shop", "data_persistence": { "volumes": [ { "id": "data" } ] },
             "containers": [ { "id": "web", "image": "nginx", )" +
        members + " } ] }";
    const diagnostics::Source source("appliance.json", text);
    const appliance::ReadResult read = appliance::read(source);
    INFO(render(read.diagnostics, source));
    REQUIRE(read.appliance);
    return plan::fingerprint(read.appliance->containers.front(), "sha256:0", {},
                             read.appliance->volumes);
}

}  // namespace

TEST_CASE("a change of a key replaces the container, and the reason names the key") {
    for (const KeyChange& change : changes()) {
        INFO(change.key);
        CHECK(plan::difference(fingerprint_of(change.one), fingerprint_of(change.other)) ==
              change.named + " changed");
        CHECK(plan::difference(fingerprint_of(change.other), fingerprint_of(change.one)) ==
              change.named + " changed");
    }
}

TEST_CASE("every key that a container can have either changes its fingerprint or need not") {
    std::set<std::string> tried;
    for (const KeyChange& change : changes()) {
        tried.insert(change.key);
    }
    std::set<std::string> known;
    for (const appliance::KnownObject& object : appliance::known_objects()) {
        for (const appliance::Key& key : object.keys) {
            if (!is_about_containers(object.name) || key.support != appliance::Support::yes) {
                continue;
            }
            const std::string name = std::string(object.name) + "." + std::string(key.name);
            INFO(name);
            CHECK(tried.contains(name) != of_no_matter().contains(name));
            known.insert(name);
        }
    }
    CHECK(known.size() == tried.size() + of_no_matter().size());
}
