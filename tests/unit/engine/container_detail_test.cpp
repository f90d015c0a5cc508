#include "expect.hpp"

namespace {

using engine::Health;

Json inspected() {
    auto json = Json::parse(R"({
        "Name": "/spark-livy.livy.1",
        "RestartCount": 2,
        "Config": {"Labels": {"a": "b"}, "Healthcheck": {"Test": ["CMD-SHELL", "curl localhost"]}},
        "HostConfig": {"RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 3}},
        "State": {
            "Status": "running", "ExitCode": 137, "OOMKilled": true, "Error": "no such file",
            "StartedAt": "2024-01-01T00:00:00.5Z",
            "Health": {"Status": "unhealthy", "FailingStreak": 2,
                       "Log": [{"ExitCode": 0, "Output": "old"}, {"ExitCode": 7, "Output": "refused"},
                               {"ExitCode": -1, "Output": ""}]}
        },
        "NetworkSettings": {"Ports": {
            "80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}, {"HostIp": "::", "HostPort": "8080"}],
            "53/udp": null
        }}
    })");
    json["Id"] = id_a;
    json["NetworkSettings"]["Networks"] = {
        {"pivot-a", {{"NetworkID", id_b}, {"IPAddress", "172.18.0.2"}}},
        {"host", {{"NetworkID", id_a}, {"IPAddress", ""}}}};
    return json;
}

auto decoded(const Json& json) {
    return engine::api::inspect_container(id_a).decode(reply(200, json.dump()));
}

auto with(const std::string& pointer, const Json& value) {
    auto json = inspected();
    json[Json::json_pointer(pointer)] = value;
    return decoded(json);
}

}  // namespace

TEST_CASE("a container is inspected by its ID, which cannot leave its place in the path") {
    CHECK(engine::api::inspect_container("../../images/a").request.target ==
          "/containers/..%2F..%2Fimages%2Fa/json");
}

TEST_CASE("an inspection is read") {
    const auto container = decoded(inspected());
    REQUIRE(container);
    CHECK(container->id == id_a);
    CHECK(container->name == "spark-livy.livy.1");
    CHECK(container->labels == engine::Labels{{"a", "b"}});
    CHECK(container->state == engine::ContainerState::running);
    CHECK(container->exit_code == 137);
    CHECK(container->oom_killed);
    CHECK(container->error == "no such file");
    CHECK(container->health == Health::unhealthy);
    CHECK(container->health_output == "refused");
    CHECK(container->restart_count == 2);
    CHECK(container->health_exit_code == -1);
    CHECK(container->health_failing_streak == 2);
    CHECK(container->healthcheck_test == std::vector<std::string>{"CMD-SHELL", "curl localhost"});
    CHECK(container->restart_policy == "on-failure");
    CHECK(container->maximum_retry_count == 3);
    CHECK(container->addresses == std::map<std::string, std::string>{{id_b, "172.18.0.2"}});
    CHECK(container->started_at == "2024-01-01T00:00:00.5Z");
    CHECK(container->ports == std::vector<engine::PublishedPort>{{"", 0, 53, "udp"},
                                                                 {"0.0.0.0", 8080, 80, "tcp"},
                                                                 {"::", 8080, 80, "tcp"}});
}

TEST_CASE("what an inspection leaves out has its usual meaning") {
    CHECK(with("/HostConfig/RestartPolicy/Name", "")->restart_policy == "no");
    CHECK(with("/State/Health", nullptr)->health == Health::none);
    CHECK(with("/State/Health/Status", "none")->health == Health::none);
    CHECK(with("/State/Health/Status", "starting")->health == Health::starting);
    CHECK(with("/State/Health/Status", "healthy")->health == Health::healthy);
    CHECK(with("/State/Health/Log", nullptr)->health_output.empty());
    CHECK_FALSE(with("/State/Health", nullptr)->health_exit_code);
    CHECK(with("/Config/Healthcheck", nullptr)->healthcheck_test.empty());
    CHECK(with("/NetworkSettings/Networks", nullptr)->addresses.empty());
    CHECK(with("/NetworkSettings/Networks/pivot-a/NetworkID", "")->addresses.empty());
    CHECK(with("/NetworkSettings/Ports", nullptr)->ports.empty());
    CHECK(with("/NetworkSettings/Ports/80~1tcp/0/HostPort", "")->ports.size() == 3);
}

TEST_CASE("a word that nobody knows spoils no inspection") {
    CHECK(with("/State/Status", "dreaming")->state == engine::ContainerState::unknown);
    CHECK(with("/State/Status", "dreaming")->state_word == "dreaming");
    CHECK(with("/State/Status", nullptr)->state == engine::ContainerState::unknown);
    CHECK(with("/State/Health/Status", "fine")->health == Health::unknown);
    CHECK(with("/HostConfig/RestartPolicy/Name", "perhaps")->restart_policy == "perhaps");
    CHECK(with("/NetworkSettings/Ports", {{"80/quic", nullptr}})->ports ==
          std::vector<engine::PublishedPort>{{"", 0, 80, "quic"}});
    for (const Json& odd : {Json{{"tcp", nullptr}}, Json{{"80/", nullptr}},
                            Json{{"80/tcp", {{{"HostPort", "99999"}}}}},
                            Json{{"80-90/tcp", {{{"HostPort", "8080-8090"}}}}}}) {
        INFO(odd);
        CHECK(with("/NetworkSettings/Ports", odd)->ports.empty());
    }
    CHECK(with("/NetworkSettings/Networks/pivot-a/IPAddress", "a.example")->addresses.empty());
}

TEST_CASE("an inspection that is not as the API writes it is malformed") {
    const auto call = "GET /containers/" + id_a + "/json: ";
    CHECK(malformed(with("/State/Status", 7)) == call + "State.Status is not text");
    CHECK(malformed(with("/State/ExitCode", 1ll << 40)) ==
          call + "State.ExitCode is not between -2147483648 and 2147483647");
    CHECK(malformed(with("/State/OOMKilled", "yes")) ==
          call + "State.OOMKilled is not true or false");
    CHECK(malformed(with("/NetworkSettings/Ports/80~1tcp", {{"a", 1}})) ==
          call + "NetworkSettings.Ports.80/tcp is not an array");
    CHECK(malformed(decoded(Json::array())) == call + "the reply is no object");
}
