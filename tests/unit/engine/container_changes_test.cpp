#include "expect.hpp"

using engine::Changed;
using namespace std::chrono_literals;

TEST_CASE("a container is created with all that is asked for") {
    engine::CreateContainer container;
    container.name = "spark-livy.livy.1";
    container.image = "livy:1";
    container.hostname = "livy-1";
    container.entrypoint = {"/bin/sh"};
    container.cmd = {"-c", "sleep 1"};
    container.env = {"A=1", "B="};
    container.labels = {{"pivot.appliance", "spark-livy"}};
    container.network_mode = id_b;
    container.aliases = {"livy", "livy-1"};
    container.ports = {{80, "tcp", "127.0.0.1", 8080}, {80, "tcp", "", 0}, {53, "udp", "", 0}};
    container.cpu_shares = 512;
    container.nano_cpus = 500'000'000;
    container.memory = 64 << 20;
    container.restart_policy = {"on-failure", 3};
    container.stop_timeout = 5;

    const auto request = engine::api::create_container(container).request;
    CHECK(sent(request) == "POST /containers/create?name=spark-livy.livy.1");
    CHECK(request.headers == std::vector<http::Header>{{"Content-Type", "application/json"}});
    CHECK(Json::parse(request.body) == Json::parse(R"({
        "Image": "livy:1",
        "Hostname": "livy-1",
        "Entrypoint": ["/bin/sh"],
        "Cmd": ["-c", "sleep 1"],
        "Env": ["A=1", "B="],
        "Labels": {"pivot.appliance": "spark-livy"},
        "StopTimeout": 5,
        "ExposedPorts": {"80/tcp": {}, "53/udp": {}},
        "HostConfig": {
            "NetworkMode": ")" + id_b + R"(",
            "PortBindings": {
                "80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}, {"HostIp": "", "HostPort": ""}],
                "53/udp": [{"HostIp": "", "HostPort": ""}]
            },
            "RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 3},
            "CpuShares": 512, "NanoCpus": 500000000, "Memory": 67108864
        },
        "NetworkingConfig": {"EndpointsConfig": {")" +
                                                   id_b + R"(": {"Aliases": ["livy", "livy-1"]}}}
    })"));
}

TEST_CASE("a container is created with nothing that is not asked for") {
    engine::CreateContainer container;
    container.name = "a.b.1";
    container.image = "b";
    container.network_mode = "host";
    CHECK(Json::parse(engine::api::create_container(container).request.body) == Json::parse(R"({
        "Image": "b", "Env": [], "Labels": {},
        "HostConfig": {"NetworkMode": "host", "RestartPolicy": {"Name": "no"}}
    })"));
}

TEST_CASE("a container is given what its program needs of the machine, in the API's words") {
    engine::CreateContainer container;
    container.name = "a.b.1";
    container.image = "b";
    container.network_mode = id_b;
    container.platform = "linux/arm64";
    container.working_dir = "/srv";
    container.user = "1000:1000";
    container.stop_signal = "SIGINT";
    container.ipv4_address = "172.30.0.130";
    container.healthcheck = {.test = {"CMD-SHELL", "test -e /up"},
                             .interval = 5s,
                             .timeout = 1500ms,
                             .start_period = 1min,
                             .start_interval = 100ms,
                             .retries = 3};
    container.mounts = {{engine::Mount::Type::bind, "/srv/data", "/data", true},
                        {.source = "a.b.1", .target = "/var", .volume_labels = {{"l", "m"}}}};
    container.tmpfs = {{"/tmp", "size=64m"}, {"/run", ""}};
    container.extra_hosts = {"db:172.30.0.2"};
    container.ulimits = {{"nofile", 1024, 4096}};
    container.devices = {{"/dev/null", "/dev/nothing", "r"}};
    container.cap_add = {"NET_ADMIN"};
    container.cap_drop = {"ALL"};
    container.init = false;
    container.privileged = true;
    container.read_only = true;
    container.shm_size = 64 << 20;
    container.disk = 10ll << 30;
    container.gpus = 2;

    const auto request = engine::api::create_container(container).request;
    CHECK(sent(request) == "POST /containers/create?name=a.b.1&platform=linux/arm64");
    CHECK(Json::parse(request.body) == Json::parse(R"({
        "Image": "b", "Env": [], "Labels": {},
        "WorkingDir": "/srv", "User": "1000:1000", "StopSignal": "SIGINT",
        "Healthcheck": {
            "Test": ["CMD-SHELL", "test -e /up"], "Interval": 5000000000, "Timeout": 1500000000,
            "StartPeriod": 60000000000, "StartInterval": 100000000, "Retries": 3
        },
        "HostConfig": {
            "NetworkMode": ")" + id_b + R"(",
            "RestartPolicy": {"Name": "no"},
            "Mounts": [
                {"Type": "bind", "Source": "/srv/data", "Target": "/data", "ReadOnly": true},
                {"Type": "volume", "Source": "a.b.1", "Target": "/var", "ReadOnly": false,
                 "VolumeOptions": {"Labels": {"l": "m"}}}
            ],
            "Tmpfs": {"/tmp": "size=64m", "/run": ""},
            "ExtraHosts": ["db:172.30.0.2"],
            "Ulimits": [{"Name": "nofile", "Soft": 1024, "Hard": 4096}],
            "Devices": [{"PathOnHost": "/dev/null", "PathInContainer": "/dev/nothing",
                         "CgroupPermissions": "r"}],
            "CapAdd": ["NET_ADMIN"], "CapDrop": ["ALL"],
            "Init": false, "Privileged": true, "ReadonlyRootfs": true,
            "ShmSize": 67108864,
            "StorageOpt": {"size": "10737418240"},
            "DeviceRequests": [{"Driver": "", "Count": 2, "Capabilities": [["gpu"]]}]
        },
        "NetworkingConfig": {"EndpointsConfig": {")" +
                                                   id_b + R"(": {
            "IPAMConfig": {"IPv4Address": "172.30.0.130"}
        }}}
    })"));
}

TEST_CASE("of a health check only what is set is sent, and none at all is a check too") {
    engine::CreateContainer container;
    container.healthcheck = engine::Healthcheck{.test = {"NONE"}};
    const auto body = Json::parse(engine::api::create_container(container).request.body);
    CHECK(body["Healthcheck"] == Json{{"Test", {"NONE"}}});
}

TEST_CASE("bytes that are no UTF-8 do not keep a request from being made") {
    engine::CreateContainer container;
    container.env = {"A=\xff"};
    CHECK(Json::parse(engine::api::create_container(container).request.body)["Env"][0] ==
          "A=\xef\xbf\xbd");
}

TEST_CASE("a created container has an ID, and warnings of one line each") {
    const auto decode = engine::api::create_container({}).decode;
    const auto created =
        decode(reply(201, R"({"Id":")" + id_a + R"(","Warnings":["a\n\u001b[1mb"]})"));
    REQUIRE(created);
    CHECK(created->id == id_a);
    CHECK(created->warnings == std::vector<std::string>{"a [1mb"});
    CHECK(decode(reply(201, R"({"Id":")" + id_a + R"(","Warnings":null})"))->warnings.empty());
    CHECK(malformed(decode(reply(201, R"({"Id":"","Warnings":null})"))) ==
          "POST /containers/create: Id is not as the API writes it");
    CHECK(refused(decode(reply(409, R"({"message":"Conflict. The name is taken"})"))) ==
          "409 Conflict. The name is taken");
}

TEST_CASE("starting tells whether there was anything to do") {
    const auto call = engine::api::start_container(id_a);
    CHECK(sent(call.request) == "POST /containers/" + id_a + "/start");
    CHECK(call.request.headers.empty());
    CHECK(call.request.body.empty());
    CHECK(call.decode(reply(204, "")) == Changed::now);
    CHECK(call.decode(reply(304, "")) == Changed::already);
    CHECK(refused(call.decode(reply(404, R"({"message":"No such container: a"})"))) ==
          "404 No such container: a");
    CHECK(refused(call.decode(reply(500, R"({"message":"port is already allocated"})"))) ==
          "500 port is already allocated");
}

TEST_CASE("stopping waits as long as the container may take") {
    const auto with_grace = engine::api::stop_container(id_a, 30s);
    CHECK(sent(with_grace.request) == "POST /containers/" + id_a + "/stop?t=30");
    CHECK(with_grace.request.timeout > 30s);
    const auto usual = engine::api::stop_container(id_a, std::nullopt);
    CHECK(sent(usual.request) == "POST /containers/" + id_a + "/stop");
    CHECK(usual.request.timeout > 60s);
    CHECK(usual.decode(reply(304, "")) == Changed::already);
    CHECK(refused(usual.decode(reply(404, ""))) == "404 status 404 without a message");
}

TEST_CASE("unpausing what is not paused is refused") {
    const auto call = engine::api::unpause_container(id_a);
    CHECK(sent(call.request) == "POST /containers/" + id_a + "/unpause");
    CHECK(call.decode(reply(204, "")) == Changed::now);
    CHECK(refused(call.decode(reply(500, R"({"message":"Container a is not paused"})"))) ==
          "500 Container a is not paused");
}

TEST_CASE("what is gone already counts as removed") {
    const auto container = engine::api::remove_container(id_a);
    CHECK(sent(container.request) == "DELETE /containers/" + id_a + "?force=1&v=1");
    CHECK(container.decode(reply(204, "")) == Changed::now);
    CHECK(container.decode(reply(404, R"({"message":"No such container"})")) == Changed::already);
    const auto twice = container.decode(
        reply(409, R"({"message":"removal of container a is already in progress"})"));
    CHECK(refused(twice) == "409 removal of container a is already in progress");
    CHECK(engine::is_status(twice.error(), 409));
    CHECK_FALSE(engine::is_status(twice.error(), 404));
}

TEST_CASE("a retry count goes with on-failure only") {
    const auto body = [](const engine::RestartPolicy& policy) {
        return Json::parse(engine::api::update_restart_policy(id_a, policy).request.body);
    };
    CHECK(body({"no", 3}) == Json{{"RestartPolicy", {{"Name", "no"}}}});
    CHECK(body({"on-failure", 3}) ==
          Json{{"RestartPolicy", {{"Name", "on-failure"}, {"MaximumRetryCount", 3}}}});
    const auto call = engine::api::update_restart_policy(id_a, {});
    CHECK(sent(call.request) == "POST /containers/" + id_a + "/update");
    CHECK(call.decode(reply(200, R"({"Warnings":null})")));
    CHECK(refused(call.decode(reply(500, "restarting"))) == "500 restarting");
}

TEST_CASE("a container is renamed unless the name is taken") {
    const auto call = engine::api::rename_container(id_a, "a.b.1");
    CHECK(sent(call.request) == "POST /containers/" + id_a + "/rename?name=a.b.1");
    CHECK(call.request.body.empty());
    CHECK(call.decode(reply(204, "")));
    CHECK(refused(call.decode(reply(409, R"({"message":"Conflict. The name is taken"})"))) ==
          "409 Conflict. The name is taken");
}
