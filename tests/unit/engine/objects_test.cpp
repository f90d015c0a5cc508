#include "engine/image_reference.hpp"
#include "expect.hpp"

using engine::Changed;

TEST_CASE("networks are listed by label and by their whole name") {
    const auto call = engine::api::list_networks({.labels = {"a=b"}, .names = {"pivot-x"}});
    CHECK(sent(call.request) == R"(GET /networks?filters={"label":["a=b"],"name":["^pivot-x$"]})");
    const auto swarm_id = "x6f4" + std::string(21, 'z');
    const auto networks =
        call.decode(reply(200, Json{{{"Id", id_a}, {"Name", "pivot-x"}, {"Labels", {{"a", "b"}}}},
                                    {{"Id", swarm_id}, {"Name", "ingress"}, {"Labels", nullptr}}}
                                   .dump()));
    REQUIRE(networks);
    REQUIRE(networks->size() == 2);
    CHECK(networks->at(0).id == id_a);
    CHECK(networks->at(0).name == "pivot-x");
    CHECK(networks->at(0).labels == engine::Labels{{"a", "b"}});
    CHECK(networks->at(0).subnet.empty());
    CHECK(networks->at(1).id == swarm_id);
    CHECK(malformed(call.decode(reply(200, R"([{"Id":"short","Name":"x"}])"))) ==
          "GET /networks: Id is not as the API writes it");
}

TEST_CASE("a network is a bridge whose name the engine checks") {
    const auto call = engine::api::create_network({"pivot-x", {{"a", "b"}}});
    CHECK(sent(call.request) == "POST /networks/create");
    CHECK(Json::parse(call.request.body) ==
          Json::parse(
              R"({"Name":"pivot-x","Driver":"bridge","Labels":{"a":"b"},"CheckDuplicate":true})"));
    CHECK(call.decode(reply(201, R"({"Id":")" + id_a + R"(","Warning":""})")) == id_a);
    CHECK(malformed(call.decode(reply(201, "{}"))) ==
          "POST /networks/create: Id is not as the API writes it");
    CHECK(refused(call.decode(reply(409, R"({"message":"exists"})"))) == "409 exists");
}

TEST_CASE("a network may be made with a subnet") {
    const auto call = engine::api::create_network({"n", {}, "172.30.0.0/16"});
    CHECK(Json::parse(call.request.body) == Json::parse(R"({
        "Name": "n", "Driver": "bridge", "Labels": {}, "CheckDuplicate": true,
        "IPAM": {"Config": [{"Subnet": "172.30.0.0/16"}]}
    })"));
}

TEST_CASE("a network is inspected with its subnet, where it has one") {
    const auto call = engine::api::inspect_network(id_a);
    CHECK(sent(call.request) == "GET /networks/" + id_a);
    const auto subnet = [&](const Json& ipam) {
        const Json json = {{"Id", id_a}, {"Name", "n"}, {"Labels", nullptr}, {"IPAM", ipam}};
        return call.decode(reply(200, json.dump())).value().subnet;
    };
    CHECK(subnet(Json::parse(R"({"Config":[{"Subnet":"172.18.0.0/16","Gateway":"172.18.0.1"},)"
                             R"({"Subnet":"fd00::/64"}]})")) == "172.18.0.0/16");
    CHECK(subnet(Json::parse(R"({"Config":[{"Subnet":"fd00::/64"},{"Subnet":"10.0.0.0/8"}]})")) ==
          "10.0.0.0/8");
    CHECK(subnet(Json::parse(R"({"Config":[{"Subnet":"fd00::/64"}]})")).empty());
    CHECK(subnet(Json::parse(R"({"Driver":"default","Config":[]})")).empty());
    CHECK(subnet(Json::parse(R"({"Config":null})")).empty());
    CHECK(subnet(nullptr).empty());
    CHECK(refused(call.decode(reply(404, R"({"message":"network a not found"})"))) ==
          "404 network a not found");
}

TEST_CASE("a network in use is not removed") {
    const auto call = engine::api::remove_network(id_a);
    CHECK(sent(call.request) == "DELETE /networks/" + id_a);
    CHECK(call.decode(reply(204, "")) == Changed::now);
    CHECK(call.decode(reply(404, "")) == Changed::already);
    CHECK(refused(call.decode(reply(403, R"({"message":"has active endpoints"})"))) ==
          "403 has active endpoints");
}

TEST_CASE("volumes are listed, created and removed") {
    const auto list = engine::api::list_volumes({.labels = {"a"}});
    CHECK(sent(list.request) == R"(GET /volumes?filters={"label":["a"]})");
    const auto volumes = list.decode(
        reply(200, R"({"Volumes":[{"Name":"v","Labels":{"a":"b"},"Driver":"local",)"
                   R"("Options":{"type":"nfs"}},{"Name":"w","Options":null}],"Warnings":null})"));
    REQUIRE(volumes);
    REQUIRE(volumes->size() == 2);
    CHECK(volumes->at(0).name == "v");
    CHECK(volumes->at(0).labels == engine::Labels{{"a", "b"}});
    CHECK(volumes->at(0).driver == "local");
    CHECK(volumes->at(0).driver_options == engine::Labels{{"type", "nfs"}});
    CHECK(volumes->at(1).labels.empty());
    CHECK(volumes->at(1).driver_options.empty());
    CHECK(list.decode(reply(200, R"({"Volumes":null})"))->empty());
    CHECK(malformed(list.decode(reply(200, R"({"Volumes":{}})"))) ==
          "GET /volumes: Volumes is not an array");

    const auto create = engine::api::create_volume({"v", {{"a", "c"}}});
    CHECK(sent(create.request) == "POST /volumes/create");
    CHECK(Json::parse(create.request.body) == Json{{"Name", "v"}, {"Labels", {{"a", "c"}}}});
    CHECK(create.decode(reply(201, R"({"Name":"v","Labels":{"a":"b"}})"))->labels ==
          engine::Labels{{"a", "b"}});

    const auto of_driver = engine::api::create_volume({"v", {}, "local", {{"type", "nfs"}}});
    CHECK(Json::parse(of_driver.request.body) ==
          Json::parse(R"({"Name":"v","Labels":{},"Driver":"local","DriverOpts":{"type":"nfs"}})"));

    const auto remove = engine::api::remove_volume("pivot.a.1");
    CHECK(sent(remove.request) == "DELETE /volumes/pivot.a.1");
    CHECK(remove.decode(reply(404, "")) == Changed::already);
    CHECK(refused(remove.decode(reply(409, R"({"message":"volume is in use"})"))) ==
          "409 volume is in use");
}

TEST_CASE("an image has an ID and the paths of its volumes") {
    const auto call = engine::api::inspect_image("registry:5000/team/app:1");
    CHECK(call.request.target == "/images/registry%3A5000/team/app%3A1/json");
    const auto image = call.decode(reply(
        200, R"({"Id":")" + image_id + R"(","Config":{"Volumes":{"/var/lib/b":{},"/a":{}}}})"));
    REQUIRE(image);
    CHECK(image->id == image_id);
    CHECK(image->volumes == std::vector<std::string>{"/a", "/var/lib/b"});
    CHECK(
        call.decode(reply(200, R"({"Id":")" + image_id + R"(","Config":null})"))->volumes.empty());
    CHECK(refused(call.decode(reply(404, R"({"message":"No such image: x"})"))) ==
          "404 No such image: x");
}

TEST_CASE("a pull always names a tag or a digest") {
    const auto parts = [](std::string_view reference) {
        const auto parsed = engine::parse_image_reference(reference);
        return parsed.repository + " " + parsed.tag;
    };
    CHECK(parts("x") == "x latest");
    CHECK(parts("x:1") == "x 1");
    CHECK(parts("team/x") == "team/x latest");
    CHECK(parts("localhost:5000/x") == "localhost:5000/x latest");
    CHECK(parts("localhost:5000/team/x:1.2") == "localhost:5000/team/x 1.2");
    CHECK(parts("x@sha256:ab") == "x sha256:ab");
    CHECK(parts("host:5000/x:1@sha256:ab") == "host:5000/x sha256:ab");
    CHECK(parts("x:") == "x latest");
    CHECK(parts("") == " latest");
    CHECK(sent(engine::api::pull_image("host:5000/x&tag=").request) ==
          "POST /images/create?fromImage=host:5000/x&tag=&tag=latest");
    CHECK(engine::api::pull_image("x&tag=y").request.target ==
          "/images/create?fromImage=x%26tag%3Dy&tag=latest");
    CHECK(sent(engine::api::pull_image("x:1", "linux/arm64").request) ==
          "POST /images/create?fromImage=x&tag=1&platform=linux/arm64");
    CHECK(engine::api::pull_image("x").request.timeout == std::chrono::minutes(10));
}

TEST_CASE("the engine's size and storage are read") {
    const auto call = engine::api::system_info();
    CHECK(sent(call.request) == "GET /info");
    const auto info = call.decode(reply(200, R"({"NCPU":2,"Driver":"overlay2","DriverStatus":)"
                                             R"([["A","b"],["Backing Filesystem","extfs"]]})"));
    REQUIRE(info);
    CHECK(info->cpus == 2);
    CHECK(info->storage_driver == "overlay2");
    CHECK(info->backing_filesystem == "extfs");
    CHECK_FALSE(info->containerd_store);
    CHECK(info->limits_memory);
    CHECK(info->limits_cpus);
    CHECK_FALSE(info->rootless);
    CHECK(call.decode(reply(200, R"({"DriverStatus":null})"))->backing_filesystem.empty());
    CHECK(call.decode(reply(200, R"({"DriverStatus":[["A","b"]]})"))->backing_filesystem.empty());
    CHECK(call.decode(reply(200,
                            R"({"DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]]})"))
              ->containerd_store);
    const auto rootless = call.decode(reply(
        200, R"({"MemoryLimit":false,"CpuCfsQuota":false,"SecurityOptions":["name=rootless"]})"));
    CHECK_FALSE(rootless->limits_memory);
    CHECK_FALSE(rootless->limits_cpus);
    CHECK(rootless->rootless);
    CHECK(malformed(call.decode(reply(200, R"({"DriverStatus":[["A"]]})"))) ==
          "GET /info: DriverStatus is not an array of pairs of texts");
    CHECK(malformed(call.decode(reply(200, R"({"NCPU":-1})"))) ==
          "GET /info: NCPU is not between 0 and 2147483647");
}

TEST_CASE("an image has the health check that it declares, unless that is off") {
    const auto check_of = [](const std::string& healthcheck) {
        const auto image = engine::api::inspect_image("app:1").decode(reply(
            200, R"({"Id":")" + image_id + R"(","Config":{"Healthcheck":)" + healthcheck + "}}"));
        REQUIRE(image);
        return image->healthcheck;
    };
    const auto check =
        check_of(R"({"Test":["CMD-SHELL","true"],"Interval":1000000000,"Retries":2})");
    REQUIRE(check);
    CHECK(check->test == std::vector<std::string>{"CMD-SHELL", "true"});
    CHECK(check->interval == std::chrono::seconds(1));
    CHECK(check->timeout == std::chrono::seconds(0));
    CHECK(check->retries == 2);
    CHECK_FALSE(check_of(R"({"Test":["NONE"]})"));
    CHECK_FALSE(check_of("null"));
}
