#include "expect.hpp"

namespace {

using engine::ContainerState;

Json entry() {
    auto json = Json::parse(R"({
        "Names": ["/other/alias", "/spark-livy.livy.1"],
        "Image": "livy:1",
        "State": "exited",
        "Status": "Exited (7) 3 seconds ago",
        "Created": 1700000000,
        "Labels": {"pivot.appliance": "spark-livy"},
        "Ports": [{"IP": "::", "PrivatePort": 80, "PublicPort": 32768, "Type": "tcp"},
                  {"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 32769, "Type": "tcp"},
                  {"PrivatePort": 53, "Type": "udp"}],
        "Unknown": {"Field": [1, 2]}
    })");
    json["Id"] = id_a;
    json["ImageID"] = image_id;
    json["HostConfig"]["NetworkMode"] = id_b;
    json["NetworkSettings"]["Networks"]["pivot-spark-livy"]["NetworkID"] = id_b;
    json["NetworkSettings"]["Networks"]["pivot-spark-livy"]["IPAddress"] = "172.18.0.2";
    return json;
}

auto decoded(const Json& list) {
    return engine::api::list_containers({}).decode(reply(200, list.dump()));
}

// What comes of a list of one entry with one field replaced.
auto with(const std::string& pointer, const Json& value) {
    auto container = entry();
    container[Json::json_pointer(pointer)] = value;
    return decoded(Json::array({container}));
}

}  // namespace

TEST_CASE("the list of containers is asked for with all that is stopped") {
    CHECK(sent(engine::api::list_containers({}).request) ==
          "GET /containers/json?all=1&filters={}");
    CHECK(sent(engine::api::list_containers({.labels = {"a=b", "c"}}).request) ==
          R"(GET /containers/json?all=1&filters={"label":["a=b","c"]})");
    CHECK(sent(engine::api::list_containers({.names = {"a.b"}}).request) ==
          R"(GET /containers/json?all=1&filters={"name":["^/?a\\.b$"]})");
}

TEST_CASE("an entry of the list is read") {
    const auto list = decoded(Json::array({entry()}));
    REQUIRE(list);
    REQUIRE(list->size() == 1);
    const auto& container = list->front();
    CHECK(container.id == id_a);
    CHECK(container.name == "spark-livy.livy.1");
    CHECK(container.image == "livy:1");
    CHECK(container.image_id == image_id);
    CHECK(container.state == ContainerState::exited);
    CHECK(container.status == "Exited (7) 3 seconds ago");
    CHECK(container.created == 1700000000);
    CHECK(container.labels == engine::Labels{{"pivot.appliance", "spark-livy"}});
    CHECK(container.ports == std::vector<engine::PublishedPort>{{"", 0, 53, "udp"},
                                                                {"0.0.0.0", 32769, 80, "tcp"},
                                                                {"::", 32768, 80, "tcp"}});
    CHECK(container.network_mode == id_b);
    CHECK(container.networks == std::map<std::string, std::string>{{"pivot-spark-livy", id_b}});
    CHECK(container.addresses == std::map<std::string, std::string>{{id_b, "172.18.0.2"}});
    CHECK(container.health == engine::Health::none);
    CHECK(container.exit_code == 7);
}

TEST_CASE("the status text tells health and exit code") {
    using engine::Health;
    const auto read = [](const std::string& status) {
        const auto container = with("/Status", status)->front();
        return std::pair(container.health, container.exit_code);
    };
    const std::optional<int> none;
    CHECK(read("Up 3 seconds") == std::pair(Health::none, none));
    CHECK(read("Up Less than a second (health: starting)") == std::pair(Health::starting, none));
    CHECK(read("Up 3 seconds (starting)") == std::pair(Health::starting, none));
    CHECK(read("Up 2 hours (healthy)") == std::pair(Health::healthy, none));
    CHECK(read("Up 2 hours (unhealthy)") == std::pair(Health::unhealthy, none));
    CHECK(read("Up 2 hours (Paused)") == std::pair(Health::none, none));
    CHECK(read("Up 2 hours (wobbling)") == std::pair(Health::unknown, none));
    CHECK(read("Exited (0) 2 hours ago") == std::pair(Health::none, std::optional(0)));
    CHECK(read("Exited (137) 2 hours ago") == std::pair(Health::none, std::optional(137)));
    CHECK(read("Restarting (3) 2 seconds ago") == std::pair(Health::none, std::optional(3)));
    for (const auto* status : {"", "Created", "Dead", "Exited", "Exited (", "Exited (7",
                               "Exited (x) (healthy)", "Exited (99999999999) 1 second ago"}) {
        INFO(status);
        CHECK(read(status) == std::pair(Health::none, none));
    }
}

TEST_CASE("null stands for nothing wherever an engine may write it") {
    CHECK(decoded(Json::array())->empty());
    CHECK(decoded(nullptr)->empty());
    CHECK(with("/Ports", nullptr)->front().ports.empty());
    CHECK(with("/Labels", nullptr)->front().labels.empty());
    CHECK(with("/Names", nullptr)->front().name.empty());
    CHECK(with("/NetworkSettings", nullptr)->front().networks.empty());
    CHECK(with("/NetworkSettings/Networks/pivot-spark-livy/NetworkID", "")->front().networks ==
          std::map<std::string, std::string>{{"pivot-spark-livy", ""}});
}

TEST_CASE("every state of the API is known, and any other word stays as it is") {
    const std::map<std::string, ContainerState> states = {
        {"created", ContainerState::created},   {"running", ContainerState::running},
        {"paused", ContainerState::paused},     {"restarting", ContainerState::restarting},
        {"removing", ContainerState::removing}, {"exited", ContainerState::exited},
        {"dead", ContainerState::dead},
    };
    for (const auto& [text, state] : states) {
        CHECK(with("/State", text)->front().state == state);
    }
    const auto dreaming = with("/State", "dreaming")->front();
    CHECK(dreaming.state == ContainerState::unknown);
    CHECK(dreaming.state_word == "dreaming");
    CHECK(with("/State", nullptr)->front().state == ContainerState::unknown);
    CHECK(malformed(with("/State", 7)) == "GET /containers/json: State is not text");
}

TEST_CASE("a word that nobody knows spoils no list") {
    const std::string network = "/NetworkSettings/Networks/pivot-spark-livy";
    const auto odd_port = with("/Ports/0/Type", "quic")->front().ports;
    CHECK(std::ranges::count(odd_port, "quic", &engine::PublishedPort::protocol) == 1);
    CHECK(with("/ImageID", "md5:1")->front().image_id == "md5:1");
    CHECK(with(network + "/NetworkID", "a/b")->front().networks ==
          std::map<std::string, std::string>{{"pivot-spark-livy", "a/b"}});
    for (const auto& address : {std::string("1.2.3.4/x"), std::string("1.2.3.4\0x", 9),
                                std::string("fd00::2"), std::string("invalid IP")}) {
        INFO(address);
        CHECK(with(network + "/IPAddress", address)->front().addresses.empty());
    }
}

TEST_CASE("a list that is not as the API writes it is malformed") {
    const std::string call = "GET /containers/json: ";
    CHECK(malformed(with("/Id", "../../images")) == call + "Id is not as the API writes it");
    CHECK(malformed(with("/Id", std::string(64, 'A'))) == call + "Id is not as the API writes it");
    CHECK(malformed(with("/Id", 7)) == call + "Id is not text");
    CHECK(malformed(with("/Names", "/a")) == call + "Names is not an array");
    CHECK(malformed(with("/Names", Json::array({1}))) == call + "Names is not an array of texts");
    CHECK(malformed(with("/Created", 1e300)) == call + "Created is not an integer");
    CHECK(malformed(with("/Created", 18446744073709551615u)) == call + "Created is not an integer");
    CHECK(malformed(with("/Labels", Json::array({1}))) == call + "Labels is no object");
    CHECK(malformed(with("/Labels/pivot.appliance", Json::array({1}))) ==
          call + "Labels.pivot.appliance is not text");
    CHECK(malformed(with("/Labels/a\x1b[2J", 1)) == call + "Labels.a [2J is not text");
    CHECK(malformed(with("/Ports/0", 80)) == call + "Ports is no object");
    CHECK(malformed(with("/Ports/0/PublicPort", 65536)) ==
          call + "Ports.PublicPort is not between 0 and 65535");
    CHECK(malformed(with("/Ports/0/PublicPort", -1)) ==
          call + "Ports.PublicPort is not between 0 and 65535");
    CHECK(malformed(with("/Ports/0/Type", 7)) == call + "Ports.Type is not text");
    CHECK(malformed(with("/NetworkSettings/Networks/pivot-spark-livy/NetworkID", 7)) ==
          call + "NetworkSettings.Networks.pivot-spark-livy.NetworkID is not text");
    CHECK(malformed(decoded({{"Id", id_a}})) == call + "the reply is no array");
    CHECK(malformed(decoded(Json::array({1}))) == call + "the reply is no object");
    CHECK(malformed(decoded("text")) == call + "the reply is no array");
}
