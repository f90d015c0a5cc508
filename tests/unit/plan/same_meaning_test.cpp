// Rewritings of a document that mean the same give the same fingerprint.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "appliance/read.hpp"
#include "catch.hpp"
#include "diagnostics/render.hpp"
#include "plan/fingerprint.hpp"

using Json = nlohmann::ordered_json;

namespace {

std::string fingerprint_of(const Json& container) {
    const Json document = {{"id", "shop"},
                           {"data_persistence", {{"volumes", {{{"id", "data"}}}}}},
                           {"containers", {container}}};
    const diagnostics::Source source("appliance.json", document.dump());
    const appliance::ReadResult read = appliance::read(source);
    INFO(render(read.diagnostics, source));
    REQUIRE(read.appliance);
    return plan::fingerprint(read.appliance->containers.front(), "sha256:0", {},
                             read.appliance->volumes);
}

const Json& service() {
    static const Json container = Json::parse(R"({
        "id": "web", "image": "nginx",
        "resources": { "cpus": 1, "mem": 64 },
        "env": { "A": "1", "B": "two" },
        "ports": [ { "container_port": 80 }, { "container_port": 443, "host_port": 8443 },
                   { "container_port": 53, "protocol": "udp" } ],
        "volumes": [ { "src": "/srv/data", "dest": "/data" }, { "src": "/etc/x", "dest": "/y/z" },
                     { "src": "data", "dest": "/kept" } ],
        "health_check": { "command": "true" },
        "working_dir": "/srv/web", "stop_signal": "SIGINT",
        "labels": { "team": "web", "tier": "front" },
        "cap_add": [ "NET_ADMIN", "SYS_TIME", "SYS_PTRACE" ], "cap_drop": [ "CHOWN", "KILL" ],
        "tmpfs": [ "/tmp:size=64m,mode=1777", "/run" ],
        "ulimits": { "nofile": 1024, "nproc": { "soft": 10, "hard": 20 } },
        "devices": [ "/dev/null", "/dev/zero:/dev/nought:rw" ],
        "extra_hosts": [ "h1=10.0.0.1", "h2=10.0.0.2", "h1=10.0.0.3" ] })");
    return container;
}

// Writes the same in another way, which one being a matter of the seed.
class Rewriting {
public:
    explicit Rewriting(unsigned seed) : random_(seed) {}

    Json of(Json container) {
        for (const char* set : {"ports", "volumes", "cap_add", "cap_drop", "tmpfs", "devices"}) {
            shuffle(container[set]);
        }
        for (const char* capabilities : {"cap_add", "cap_drop"}) {
            for (Json& name : container[capabilities]) {
                name = one_of({name, "CAP_" + std::string(name), in_lower_case(name)});
            }
        }
        for (Json& volume : container["volumes"]) {
            volume = mount(volume);
        }
        for (Json& port : container["ports"]) {
            put_default(port, "host_port", 0);
            put_default(port, "protocol", "tcp");
            put_default(port, "name", "port-" + port["container_port"].dump());
        }
        container["tmpfs"] = tmpfs(container["tmpfs"]);
        container["devices"] = devices(container["devices"]);
        container["labels"] = one_of({container["labels"], {"tier=front", "team=web"}});
        container["extra_hosts"] = one_of({{"h2=10.0.0.2", "h1=10.0.0.1", "h1=10.0.0.3"},
                                           {"h1:10.0.0.1", "h1=10.0.0.3", "h2=[10.0.0.2]"}});
        container["ulimits"]["nofile"] = one_of({1024, {{"soft", 1024}, {"hard", 1024.0}}});
        container["stop_signal"] = one_of({"SIGINT", "INT", "sigint", 2, "2"});
        container["working_dir"] = path(container["working_dir"]);
        container["env"]["A"] = one_of({"1", 1});
        container["resources"]["cpus"] = one_of({1, 1.0});
        put_default(container["resources"], one_of({"gpu", "gpus"}), 0);
        container["health_check"] = health_check();
        put_defaults(container);
        shuffle_members(container);
        return container;
    }

private:
    bool chance() { return random_() % 2 == 0; }
    Json one_of(const std::vector<Json>& choices) { return choices[random_() % choices.size()]; }
    void shuffle(Json& list) { std::shuffle(list.begin(), list.end(), random_); }

    void shuffle_members(Json& object) {
        std::vector<std::pair<std::string, Json>> members;
        for (const auto& [key, value] : object.items()) {
            members.emplace_back(key, value);
        }
        std::shuffle(members.begin(), members.end(), random_);
        object = Json::object();
        for (auto& [key, value] : members) {
            object[key] = std::move(value);
        }
    }

    void put_default(Json& object, const std::string& key, const Json& value) {
        if (!object.contains(key) && chance()) {
            object[key] = value;
        }
    }

    void put_defaults(Json& container) {
        put_default(container, "type", "service");
        put_default(container, "instances", 1);
        put_default(container, "args", Json::array());
        put_default(container, "network_mode", one_of({"container", "bridge"}));
        put_default(container, "dependencies", Json::array());
        put_default(container, "default_health_check", false);
        put_default(container, "minimum_capacity", 1);
        put_default(container, "is_privileged", false);
        put_default(container, "force_pull_image", false);
        put_default(container, "restart", "unless-stopped");
        put_default(container, "init", false);
        put_default(container, "stop_grace_period", one_of({"10s", "9500ms"}));
        put_default(container, "read_only", false);
        put_default(container, "shm_size", one_of({"64m", 67108864, "65536k"}));
        put_default(container, "pull_policy", "missing");
        put_default(container, "x-remark", 1);
    }

    static std::string in_lower_case(std::string text) {
        std::transform(text.begin(), text.end(), text.begin(), ::tolower);
        return text;
    }

    std::string path(const std::string& plain) {
        std::string spelled;
        for (const char c : plain) {
            spelled += c == '/' ? std::string(one_of({"/", "//", "/./"})) : std::string(1, c);
        }
        return chance() ? spelled : spelled + "/";
    }

    Json mount(Json plain) {
        const bool is_folder = std::string(plain["src"]).starts_with('/');
        plain["dest"] = path(plain["dest"]);
        if (is_folder) {
            plain["src"] = path(plain["src"]);
        }
        if (is_folder && chance()) {
            plain = {{"host_path", plain["src"]}, {"container_path", plain["dest"]}};
        } else {
            put_default(plain, "type", is_folder ? "host" : "persistent");
        }
        put_default(plain, "mode", one_of({"RW", "rw"}));
        return plain;
    }

    Json tmpfs(const Json& plain) {
        Json list = Json::array();
        for (const std::string entry : plain) {
            list.push_back(
                path(entry.substr(0, entry.find(':'))) +
                (entry.find(':') == std::string::npos
                     ? ""
                     : std::string(one_of({":size=64m,mode=1777", ":mode=1777,size=64m"}))));
        }
        return list;
    }

    Json devices(const Json& plain) {
        Json list = Json::array();
        for (const std::string entry : plain) {
            list.push_back(entry == "/dev/null"
                               ? one_of({"/dev/null", "/dev/null:rwm", "/dev/null:/dev/null",
                                         "//dev/./null:/dev//null:mwr"})
                               : one_of({entry, "/dev/zero:/dev/./nought:wr"}));
        }
        return list;
    }

    Json health_check() {
        Json check = {{"command", one_of({"true", {{"value", "true"}}})}};
        put_default(check, "protocol", one_of({"COMMAND", "command"}));
        put_default(check, "interval_seconds", 60);
        put_default(check, "timeout_seconds", 20.0);
        put_default(check, "grace_period_seconds", 300);
        put_default(check, "max_consecutive_failures", 3);
        return check;
    }

    std::mt19937 random_;
};

}  // namespace

TEST_CASE("rewritings of a service that mean the same have one fingerprint") {
    const std::string before = fingerprint_of(service());
    for (unsigned seed = 0; seed < 300; ++seed) {
        const Json rewritten = Rewriting(seed).of(service());
        INFO(rewritten.dump(2));
        CHECK(fingerprint_of(rewritten) == before);
    }
}

TEST_CASE("the ways to write a job, its check and its network that mean the same are one") {
    const auto one = [](const std::string& members) {
        return fingerprint_of(Json::parse(R"({ "id": "web", "image": "nginx")" + members + " }"));
    };
    const std::string job = one(R"(, "type": "job")");
    CHECK(one(R"(, "type": "job", "retries": 0)") == job);
    CHECK(one(R"(, "type": "job", "restart": "no")") == job);
    CHECK(one(R"(, "type": "job", "retries": 3)") ==
          one(R"(, "type": "job", "restart": "on-failure:3")"));
    CHECK(one(R"(, "ports": [ { "container_port": 80 } ], "default_health_check": true)") ==
          one(R"(, "ports": [ { "container_port": 80 } ], "health_check": { "protocol": "TCP" })"));
    CHECK(one(R"(, "network_mode": "host", "ports": [ { "container_port": 80 } ])") ==
          one(R"(, "network_mode": "HOST")"));
    CHECK(one(R"(, "tmpfs": "/tmp")") == one(R"(, "tmpfs": [ "/tmp/" ])"));
    CHECK(one(R"(, "entrypoint": "a 'b c'")") == one(R"(, "entrypoint": [ "a", "b c" ])"));
    CHECK(one(R"(, "platform": "Linux/AMD64")") == one(R"(, "platform": "linux/amd64")"));
}
