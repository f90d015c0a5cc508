// What is ready: checks by the engine and by pivot, and what is said of those that do not pass.

#include <cstdlib>

#include <fmt/format.h>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

// Checks often, and counts every failure.
Json check(Json what) {
    what["interval_seconds"] = 0.2;
    what["grace_period_seconds"] = 0;
    what["max_consecutive_failures"] = 2;
    return what;
}

// Never gives up within a test.
Json patient(Json what) {
    what["interval_seconds"] = 1;
    return what;
}

// `db`, which is healthy by this check some time after its program leaves its mark, and `web`,
// which fails when it starts before that.
Json db_and_web(Json health_check, const std::string& serve = stays) {
    Json db = container("db", "sleep 0.5; touch /data/mark; " + serve);
    db["volumes"] = Json::array({data_mount()});
    db["health_check"] = std::move(health_check);
    db["ports"] = Json::array({{{"container_port", 80}}});
    Json web = container("web", "test -e /data/mark || exit 3; " + stays);
    web["volumes"] = Json::array({data_mount()});
    web["dependencies"] = {"db"};
    return {{"data_persistence", data_volume()}, {"containers", {db, web}}};
}

const std::string serves_data = "httpd -p 80 -h /data; " + stays;

std::string address_of(const std::string& name) {
    const Json networks =
        engine_get("/containers/" + name + "/json")["NetworkSettings"]["Networks"];
    return networks.begin().value()["IPAddress"];
}

}  // namespace

TEST_CASE("dependents wait for a check, whatever its kind", "[newer]") {
    const Deployed shop("waits");
    Json document;
    SECTION("a command") {
        document = db_and_web(check({{"command", "test \"@db\" = db && test -e /data/mark"}}));
        document["containers"][0]["health_check"]["max_consecutive_failures"] = 1000;
    }
    SECTION("a TCP connection") {
        document = db_and_web(patient({{"protocol", "TCP"}}), serves_data);
    }
    SECTION("an HTTP request") {
        document = db_and_web(patient({{"protocol", "HTTP"}, {"path", "/mark"}}), serves_data);
    }
    SECTION("the default check") {
        document = db_and_web(nullptr, serves_data);
        document["containers"][0].erase("health_check");
        document["containers"][0]["default_health_check"] = true;
    }
    const Ended up = shop.up(document);
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(pivot({"status", "waits"}).code == 0);
}

namespace {

// A user for whom no container's own address can be reached, as on a machine beside the engine's.
// Only where the network namespace is the test's own.
class OutOfReach {
public:
    OutOfReach() { change("add"); }
    OutOfReach(const OutOfReach&) = delete;
    OutOfReach& operator=(const OutOfReach&) = delete;
    ~OutOfReach() { change("del"); }

    [[nodiscard]] bool holds() const { return holds_; }
    static Ended pivot(const std::vector<std::string>& arguments, const std::string& input = {}) {
        // The engine's socket and the program itself may be root's.
        Launch launch{.command = {"setpriv", "--reuid=" + user, "--inh-caps=+dac_override",
                                  "--ambient-caps=+dac_override", PIVOT_BINARY},
                      .input = input};
        launch.command.insert(launch.command.end(), arguments.begin(), arguments.end());
        return run(launch);
    }

private:
    void change(const std::string& how) {
        holds_ = std::getenv("PIVOT_TEST_ENGINE_DIR") != nullptr &&
                 run({.command = {"ip", "rule", how, "to", "172.16.0.0/12", "uidrange",
                                  user + "-" + user, "unreachable"}})
                         .code == 0;
    }

    static inline const std::string user = "12345";
    bool holds_ = false;
};

}  // namespace

TEST_CASE("where a container's address is out of reach, its published port is asked") {
    const OutOfReach out_of_reach;
    if (!out_of_reach.holds()) {
        WARN("not tried: this network is not the test's own");
        return;
    }
    const Deployed shop("published");
    Json document;
    SECTION("for a TCP connection") {
        document = db_and_web(patient({{"protocol", "TCP"}}), serves_data);
    }
    SECTION("for an HTTP request") {
        document = db_and_web(patient({{"protocol", "HTTP"}, {"path", "/mark"}}), serves_data);
    }
    document["id"] = "published";
    const Ended up = OutOfReach::pivot({"up", "-"}, document.dump());
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(OutOfReach::pivot({"status", "published"}).code == 0);
    // The engine's proxy still accepts when nobody listens behind it.
    engine_exec("published.db.1", {"killall", "httpd"});
    CHECK(OutOfReach::pivot({"status", "published"}).code == 1);
}

TEST_CASE("a command check is the engine's, with its references resolved and its times") {
    const Deployed shop("engine-check");
    Json db = container("db");
    db["health_check"] = {{"protocol", "COMMAND"},     {"command", "echo @db \\@db"},
                          {"interval_seconds", 5},     {"timeout_seconds", 2.5},
                          {"grace_period_seconds", 7}, {"max_consecutive_failures", 4}};
    REQUIRE(shop.up({{"containers", {db}}}).code == 0);
    Json made = engine_get("/containers/engine-check.db.1/json")["Config"]["Healthcheck"];
    made.erase("StartInterval");  // newer engines alone
    CHECK(made == Json{{"Test", {"CMD-SHELL", "echo db @db"}},
                       {"Interval", 5000000000},
                       {"Timeout", 2500000000},
                       {"StartPeriod", 7000000000},
                       {"Retries", 4}});
}

TEST_CASE("a command that never passes fails up with its output, and status keeps it") {
    const Deployed shop("sick");
    Json db = container("db");
    db["health_check"] = check({{"command", "echo no luck; exit 1"}});
    Json web = container("web");
    web["dependencies"] = {"db"};
    const Ended up = shop.up({{"containers", {db, web}}});
    CHECK(up.code == 1);
    INFO(up.err);
    CHECK(up.err.find("error: `db` is not healthy: its check failed 2 times in a row\n"
                      "  --> <stdin>:3:5\n"
                      "  its check: `echo no luck; exit 1`\n"
                      "  | no luck\n"
                      "  not started because of it: `web`\n"
                      "hint: what runs was left running; run `pivot up` again once it is mended, "
                      "or `pivot down sick`\n") != std::string::npos);
    CHECK(shop.status()["containers"][0]["state"] == "failed");
    CHECK(shop.status()["containers"][0]["reason"] == "unhealthy: no luck");
}

TEST_CASE("a port that nobody listens on fails up with the probe's own error") {
    const Deployed shop("silent");
    Json db = container("db", "echo not listening; " + stays);
    db["ports"] = Json::array({{{"container_port", 80}}});
    db["health_check"] = check({{"protocol", "TCP"}});
    const Ended up = shop.up({{"containers", {db}}});
    CHECK(up.code == 1);
    INFO(up.err);
    CHECK(up.err.find("error: `db` is not healthy: its check failed 2 times in a row\n"
                      "  --> <stdin>:3:5\n"
                      "  its check: TCP connection to ") != std::string::npos);
    CHECK(up.err.find(":80: connection refused\n"
                      "  last lines of its log:\n"
                      "  | not listening\n"
                      "hint: ") != std::string::npos);
}

TEST_CASE("the time limit tells what the check answered, and the next up waits on") {
    const Deployed shop("limit");
    Json db = container("db", "httpd -p 80 -h /tmp; " + stays);
    db["ports"] = Json::array({{{"container_port", 80}}});
    db["health_check"] = patient({{"protocol", "HTTP"}, {"path", "/up"}});
    const Json document = {{"containers", {db}}};
    CHECK(shop.up(document, {"--no-wait"}).code == 0);
    REQUIRE(eventually(
        [&] { return shop.status()["containers"][0]["reason"] == "its check: status 404"; }));
    CHECK(shop.status()["state"] == "pending");
    CHECK(pivot({"status", "limit"}).code == 1);

    const Ended up = shop.up(document, {"--timeout", "3s"});
    CHECK(up.code == 5);
    CHECK(up.err == fmt::format("error: `db` is not healthy after 3 s (--timeout)\n"
                                "  --> <stdin>:3:5\n"
                                "  its check: GET http://{}:80/up: status 404\n"
                                "hint: what runs was left running; run `pivot up` again to go on "
                                "waiting, or allow more time\n",
                                address_of("limit.db.1")));
    (void)engine_exec("limit.db.1", {"touch", "/tmp/up"});
    const Ended again = shop.up(document);
    CHECK(again.code == 0);
    CHECK(again.out.starts_with("limit is up to date\n"));
    CHECK(shop.status()["state"] == "running");
}

TEST_CASE("the time limit tells what a command said") {
    const Deployed shop("limit-command");
    Json db = container("db");
    db["health_check"] = patient({{"command", "echo still; echo loading; exit 1"}});
    const Ended up = shop.up({{"containers", {db}}}, {"--timeout", "8s"});
    CHECK(up.code == 5);
    INFO(up.err);
    CHECK(up.err.find("error: `db` is not healthy after 8 s (--timeout)\n"
                      "  --> <stdin>:3:5\n"
                      "  its check: `echo still; echo loading; exit 1`\n"
                      "  | still\n"
                      "  | loading\n"
                      "hint: ") != std::string::npos);
    const Json now = shop.status()["containers"][0];
    CHECK(now["state"] == "pending");
    CHECK(now["reason"] == "its check: loading");
}

TEST_CASE("half of the instances are enough where the document says so") {
    const Deployed shop("half");
    Json web = container("web");
    web["instances"] = 2;
    web["minimum_capacity"] = 0.5;
    web["health_check"] =
        check({{"command", "echo number $PIVOT_INSTANCE; test $PIVOT_INSTANCE = 1"}});
    const Json document = {{"containers", {web}}};
    const Ended up = shop.up(document);
    INFO(up.err);
    CHECK(up.code == 0);
    REQUIRE(eventually([&] {
        return shop.status()["containers"][0]["reason"] == "instance 2: unhealthy: number 2";
    }));
    const Json now = shop.status()["containers"][0];
    CHECK(now["state"] == "running");
    CHECK(now["instances"] == Json{{"desired", 2}, {"running", 1}});
    CHECK(pivot({"status", "half"}).code == 0);
    CHECK(shop.up(document).code == 0);
}

TEST_CASE("status tells what fails later, in the check's own words", "[newer]") {
    const Deployed shop("falls-ill");
    Json db = container("db", "touch /well; " + stays);
    db["health_check"] = check({{"command", "cat /well || { echo not well; exit 1; }"}});
    Json web = container("web", "httpd -p 80 -h /tmp; " + stays);
    web["ports"] = Json::array({{{"container_port", 80}}});
    web["health_check"] = check({{"protocol", "TCP"}});
    Json document = {{"containers", {db, web}}};
    document["containers"][0]["health_check"]["max_consecutive_failures"] = 3;
    const Ended up = shop.up(document);
    INFO(up.err);
    REQUIRE(up.code == 0);
    (void)engine_exec("falls-ill.db.1", {"rm", "/well"});
    (void)engine_exec("falls-ill.web.1", {"killall", "httpd"});
    CHECK(eventually([&] {
        const Json now = shop.status()["containers"];
        return now[0]["state"] == "failed" && now[0]["reason"] == "unhealthy: not well" &&
               now[1]["state"] == "failed" && now[1]["reason"] == "its check: connection refused";
    }));
    INFO(shop.status().dump(2));
    CHECK(pivot({"status", "falls-ill"}).code == 1);
    CHECK(shop.status()["state"] == "failed");
}
