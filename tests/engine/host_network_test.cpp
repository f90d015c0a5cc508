// The engine's host network beside the appliance's own: everybody reaches whom he names.

#include <cstdlib>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

// Serves its own id.
Json server(const std::string& id, const std::string& port) {
    Json result = container(id, "mkdir /www; echo " + id + " > /www/index.html; httpd -p " + port +
                                    " -h /www; " + stays);
    result["ports"] = Json::array({{{"container_port", std::stoi(port)}}});
    return result;
}

Json host_server(const std::string& id, const std::string& port) {
    Json result = server(id, port);
    result["network_mode"] = "HOST";
    return result;
}

// Each names the two others.
Json three() {
    Json agent = host_server("agent", "9100");
    agent["ports"][0]["name"] = "metrics";
    Json web = server("web", "80");
    Json api = server("api", "81");
    api["network_mode"] = "bridge";
    agent["env"] = {{"PEERS", "@web @api"}};
    web["env"] = {{"PEERS", "@agent @api"}};
    api["env"] = {{"PEERS", "@agent @web"}};
    return {{"containers", {agent, web, api}}};
}

bool reaches(const std::string& from, const std::string& url, const std::string& answer) {
    std::string said;
    return eventually([&] {
        said = engine_exec(from, {"timeout", "5", "wget", "-q", "-O-", url});
        return said == answer + "\n";
    });
}

void check_that_all_reach_all(const std::string& appliance) {
    const std::string agent = appliance + ".agent.1";
    const std::string web = appliance + ".web.1";
    const std::string api = appliance + ".api.1";
    CHECK(reaches(agent, "http://web:80", "web"));
    CHECK(reaches(agent, "http://api-1:81", "api"));
    CHECK(reaches(web, "http://agent:9100", "agent"));
    CHECK(reaches(web, "http://api:81", "api"));
    CHECK(reaches(api, "http://agent:9100", "agent"));
    CHECK(reaches(api, "http://web:80", "web"));
}

std::string address_of(const std::string& name) {
    const Json networks =
        engine_get("/containers/" + name + "/json")["NetworkSettings"]["Networks"];
    return networks.begin().value()["IPAddress"];
}

void run_in_engine_folder(const std::string& program) {
    const char* folder = std::getenv("PIVOT_TEST_ENGINE_DIR");
    REQUIRE(folder != nullptr);
    REQUIRE(run({.command = {std::string(folder) + "/" + program}}).code == 0);
}

}  // namespace

TEST_CASE("a network that is too small for the addresses it is to give is told", "[newer]") {
    const Deployed shop("small");
    support::engine_post(
        "/networks/create",
        {{"Name", "pivot-small"},
         {"Labels", {{"pivot.appliance", "small"}, {"pivot.subnet", "10.213.7.0/29"}}},
         {"IPAM", {{"Config", {{{"Subnet", "10.213.7.0/29"}}}}}}});
    Json db = container("db");
    db["instances"] = 4;
    Json agent = container("agent");
    agent["network_mode"] = "host";
    agent["env"] = {{"DB", "@db"}};
    const Ended up = shop.up({{"containers", {db, agent}}});
    CHECK(up.code == 1);
    CHECK(up.err ==
          "error: the network `pivot-small` (10.213.7.0/29) has 3 fixed addresses to give, and 4 "
          "are needed by what containers in `host` mode name\n"
          "hint: lower `instances`, or give the engine larger networks: `default-address-pools` in "
          "its daemon.json\n");
    CHECK(support::belongings("small")["containers"].empty());
    CHECK(support::belongings("small")["volumes"].empty());
}

TEST_CASE("host, container and bridge reach each other by name, also when the engine restarted",
          "[newer]") {
    const Deployed shop("mixed");
    const Ended up = shop.up(three());
    INFO(up.err);
    REQUIRE(up.code == 0);
    check_that_all_reach_all("mixed");
    const auto before = container_ids("mixed");

    run_in_engine_folder("stop");
    run_in_engine_folder("start");
    REQUIRE(eventually([] {
        return belongings("mixed")["containers"] == Json{{"mixed.agent.1", "running"},
                                                         {"mixed.web.1", "running"},
                                                         {"mixed.api.1", "running"}};
    }));
    check_that_all_reach_all("mixed");
    const Ended again = shop.up(three());
    CHECK(again.code == 0);
    CHECK(again.out.starts_with("mixed is up to date\n"));
    CHECK(container_ids("mixed") == before);
}

TEST_CASE("a port in host mode is an endpoint of the host, and answers there") {
    const Deployed shop("on-host");
    REQUIRE(shop.up({{"containers",
                      {three()["containers"][0], server("web", "80"), server("api", "81")}}})
                .code == 0);
    CHECK(shop.status()["containers"][0]["endpoints"] == Json::array({{{"host", "127.0.0.1"},
                                                                       {"host_port", 9100},
                                                                       {"container_port", 9100},
                                                                       {"protocol", "tcp"},
                                                                       {"name", "metrics"},
                                                                       {"instance", 1}}}));
    CHECK(pivot({"port", "on-host", "agent", "metrics"}).out == "127.0.0.1:9100\n");
    CHECK(fetch("http://127.0.0.1:9100/") == "agent\n");
    const Json made = engine_get("/containers/on-host.agent.1/json")["HostConfig"];
    CHECK(made["NetworkMode"] == "host");
    CHECK(made["PortBindings"].empty());
}

TEST_CASE("an appliance in host mode alone needs no network") {
    const Deployed shop("host-only");
    Json agent = host_server("agent", "9101");
    Json probe = host_server("probe", "9102");
    probe["env"] = {{"PEER", "@agent"}};
    REQUIRE(shop.up({{"containers", {agent, probe}}}).code == 0);
    CHECK(belongings("host-only")["networks"].empty());
    CHECK(reaches("host-only.probe.1", "http://agent:9101", "agent"));
}

TEST_CASE("scaling what a host container names keeps the addresses, and the new one is known") {
    const Deployed shop("grows");
    Json document = three();
    document["containers"][1].erase("env");
    document["containers"].erase(2);
    document["containers"][0]["env"] = {{"PEER", "@web"}};
    REQUIRE(shop.up(document).code == 0);
    const std::string address = address_of("grows.web.1");
    const std::string id = container_ids("grows").at("grows.web.1");
    document["containers"][1]["instances"] = 3;
    const Ended up = shop.up(document);
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(container_ids("grows").at("grows.web.1") == id);
    CHECK(address_of("grows.web.1") == address);
    CHECK(reaches("grows.agent.1", "http://web-3:80", "web"));

    document["containers"][1]["env"] = {{"VERSION", "2"}};  // each is replaced and keeps its own
    REQUIRE(shop.up(document).code == 0);
    CHECK(container_ids("grows").at("grows.web.1") != id);
    CHECK(address_of("grows.web.1") == address);
    CHECK(reaches("grows.agent.1", "http://web-3:80", "web"));
}

TEST_CASE("a host container can join an appliance that runs, and leave it") {
    const Deployed shop("joins");
    const Json alone = {{"containers", {server("web", "80")}}};
    REQUIRE(shop.up(alone).code == 0);
    Json agent = host_server("agent", "9103");
    agent["env"] = {{"PEER", "@web"}};
    const Json both = {{"containers", {server("web", "80"), agent}}};
    const Ended up = shop.up(both);
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(reaches("joins.agent.1", "http://web", "web"));
    CHECK(belongings("joins")["networks"] == Json{"pivot-joins"});
    CHECK(shop.up(both).out.starts_with("joins is up to date\n"));
    CHECK(shop.up(alone).code == 0);
    CHECK(belongings("joins")["containers"] == Json{{"joins.web.1", "running"}});
    CHECK(shop.status()["state"] == "running");
}

TEST_CASE("two instances in host mode on one port are refused before anything is made") {
    const Deployed shop("two-hosts");
    Json agent = host_server("agent", "9104");
    agent["instances"] = 2;
    const Ended up = shop.up({{"containers", {agent}}});
    CHECK(up.code == 2);
    CHECK(up.err.find("error: 2 instances cannot share 9104/tcp of the host network\n") !=
          std::string::npos);
    CHECK(belongings("two-hosts")["volumes"].empty());
}
