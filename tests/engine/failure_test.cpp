// What `up` does when something does not come up: a true exit code, the reason, and nothing half
// made.

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

const Json nothing = {
    {"containers", Json::object()}, {"networks", Json::array()}, {"volumes", Json::array()}};

// A container that is not pivot's.
class Foreign {
public:
    Foreign(const std::string& name, Json config) : name_(name) {
        config["Image"] = "pivot-test";
        config["Cmd"] = {"sleep", "1000"};
        engine_post("/containers/create?name=" + name, config);
        engine_post("/containers/" + name + "/start");
    }
    Foreign(const Foreign&) = delete;
    Foreign& operator=(const Foreign&) = delete;
    ~Foreign() { engine_delete("/containers/" + name_ + "?force=1"); }

private:
    std::string name_;
};

}  // namespace

TEST_CASE("a service that dies fails up with its name, exit code and log, and is laid to rest",
          "[newer]") {
    const Deployed shop("dies");
    Json db = container("db", "echo starting; sleep 0.1; echo 'wrong ownership' >&2; exit 7");
    const Json web = container("web");
    const Ended up = shop.up({{"containers", {web, db}}}, {"--settle", "10s"});
    CHECK(up.code == 1);
    INFO(up.err);
    // Where the machine is busy, the engine has started it again before its log is read.
    const std::string more = up.err.find("  | wrong ownership\n  | starting\n") == std::string::npos
                                 ? ""
                                 : "  | starting\n";
    CHECK(up.err.find("error: `db` exited with code 7\n"
                      "  --> <stdin>:8:5\n"
                      "  last lines of its log:\n"
                      "  | starting\n"
                      "  | wrong ownership\n" +
                      more + "hint: ") != std::string::npos);
    const Json db_now = engine_get("/containers/dies.db.1/json");
    CHECK(db_now["State"]["Status"] == "exited");
    CHECK(db_now["State"]["ExitCode"] == 7);
    CHECK(db_now["HostConfig"]["RestartPolicy"]["Name"] == "no");
    CHECK(belongings("dies")["containers"] ==
          Json{{"dies.db.1", "exited"}, {"dies.web.1", "running"}});
    const Json status = shop.status();
    CHECK(status["state"] == "failed");
    CHECK(status["containers"][1]["reason"] == "exit code 7");

    SECTION("the next up lifts the mark and goes on where it can") {
        db["cmd"] = container("db")["cmd"];
        CHECK(shop.up({{"containers", {web, db}}}).code == 0);
        CHECK(engine_get("/containers/dies.db.1/json")["HostConfig"]["RestartPolicy"]["Name"] ==
              "unless-stopped");
        CHECK(shop.status()["state"] == "running");
        CHECK(belongings("dies")["volumes"].size() == 1);
    }
    SECTION("the same document fails the same way again") {
        const Ended again = shop.up({{"containers", {web, db}}}, {"--settle", "10s"});
        CHECK(again.code == 1);
        CHECK(again.err.find("error: `db` exited with code 7\n") != std::string::npos);
    }
}

TEST_CASE(
    "what cannot be started is told in the engine's words, with what was not started because of "
    "it",
    "[newer]") {
    const Deployed shop("no-command");
    Json db = container("db");
    db.erase("cmd");
    db["args"] = {"/bin/nope"};
    Json web = container("web");
    web["dependencies"] = {"db"};
    Json proxy = container("proxy");
    proxy["env"] = {{"UPSTREAM", "http://@web:80"}};
    const Ended up = shop.up({{"containers", {proxy, web, db}}});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("error: `db` could not be started: ") != std::string::npos);
    CHECK(up.err.find("/bin/nope") != std::string::npos);
    CHECK(up.err.find("  not started because of it: `proxy`, `web`\n") != std::string::npos);
    CHECK(belongings("no-command")["containers"] == Json{{"no-command.db.1", "created"},
                                                         {"no-command.proxy.1", "created"},
                                                         {"no-command.web.1", "created"}});
    CHECK(shop.status()["containers"][2]["state"] == "failed");
    CHECK(shop.status()["containers"][1]["state"] == "pending");
}

TEST_CASE(
    "a host port that a foreign container holds is refused before anything changes, and the holder "
    "is named",
    "[newer]") {
    const Foreign holder(
        "holder", {{"ExposedPorts", {{"80/tcp", Json::object()}}},
                   {"HostConfig", {{"PortBindings", {{"80/tcp", {{{"HostPort", "18080"}}}}}}}}});
    const Deployed shop("port-taken");
    Json web = container("web");
    web["ports"] = Json::array({{{"container_port", 80}, {"host_port", 18080}}});
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("error: host port 18080/tcp is taken by container `holder` (pivot-test") !=
          std::string::npos);
    CHECK(belongings("port-taken") == nothing);
    CHECK(shop.up({{"containers", {web}}}, {"--dry-run"}).code == 1);
}

TEST_CASE("a fixed host port with two instances is refused before anything is made") {
    const Deployed shop("two-on-one");
    Json web = container("web");
    web["instances"] = 2;
    web["ports"] = Json::array({{{"container_port", 80}, {"host_port", 18081}}});
    CHECK(shop.up({{"containers", {web}}}).code == 2);
    web["instances"] = 1;
    CHECK(shop.up({{"containers", {web}}}, {"--scale", "web=2"}).code == 2);
    CHECK(belongings("two-on-one") == nothing);
}

TEST_CASE("an unknown image fails with the registry's message and nothing is made", "[newer]") {
    const Deployed shop("no-image");
    Json web = container("web");
    web["image"] = "127.0.0.1:9/shop:2";
    const Ended up = shop.up({{"containers", {web, container("db")}}});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("error: image `127.0.0.1:9/shop:2` cannot be pulled: ") != std::string::npos);
    CHECK(up.err.find("connection refused") != std::string::npos);
    CHECK(belongings("no-image") == nothing);

    const Ended never = shop.up({{"containers", {web}}}, {"--pull", "never"});
    CHECK(never.code == 1);
    CHECK(never.err.find("127.0.0.1:9/shop:2") != std::string::npos);
    CHECK(belongings("no-image") == nothing);
}

TEST_CASE("a foreign container with a needed name is named and left alone") {
    const Foreign squatter("squatted.web.1", Json::object());
    const Deployed shop("squatted");
    const Ended up = shop.up({{"containers", {container("web")}}});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("`squatted.web.1`") != std::string::npos);
    CHECK(belongings("squatted") == nothing);
    CHECK(engine_get("/containers/squatted.web.1/json")["State"]["Running"] == true);
}

TEST_CASE("a foreign network with a needed name is named and left alone") {
    engine_post("/networks/create", {{"Name", "pivot-netted"}});
    const Deployed shop("netted");
    const Ended up = shop.up({{"containers", {container("web")}}});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("`pivot-netted`") != std::string::npos);
    CHECK(belongings("netted") == nothing);
    engine_delete("/networks/pivot-netted");
}

TEST_CASE("memory that runs out is called by its name", "[newer]") {
    const Deployed shop("oom");
    Json hog = container("hog", "sleep 0.1; exec tail /dev/zero");
    hog["resources"] = {{"mem", 16}};
    const Ended up = shop.up({{"containers", {hog}}}, {"--settle", "20s"});
    INFO(up.err);
    CHECK(up.code == 1);
    CHECK(up.err.find("memory") != std::string::npos);
}

TEST_CASE("an interrupt says what stands, and the next up goes on") {
    const Deployed shop("interrupted");
    Json document = {{"id", "interrupted"}, {"containers", {container("db"), container("web")}}};
    document["containers"][1]["dependencies"] = {"db"};
    {
        Process up(
            {.command = {PIVOT_BINARY, "up", "-", "--settle", "60s"}, .input = document.dump()});
        up.wait_for_error_output("started web.1");
        up.signal(SIGINT);
        const Ended ended = up.wait();
        INFO(ended.err);
        CHECK(ended.code == 130);
        CHECK(ended.err.find("pivot up") != std::string::npos);
    }
    {
        Process up({.command = {PIVOT_BINARY, "up", "-", "--settle", "60s", "--recreate"},
                    .input = document.dump()});
        up.wait_for_error_output("started db.1");
        up.signal(SIGTERM);
        CHECK(up.wait().code == 143);
    }
    CHECK(shop.up(document).code == 0);
    CHECK(shop.status()["state"] == "running");
}

TEST_CASE("the time limit ends up with 5, and what runs keeps running", "[newer]") {
    const Deployed shop("too-slow");
    const Ended up =
        shop.up({{"containers", {container("web")}}}, {"--settle", "60s", "--timeout", "3s"});
    INFO(up.err);
    CHECK(up.code == 5);
    CHECK(up.err.find("--timeout") != std::string::npos);
    CHECK(belongings("too-slow")["containers"] == Json{{"too-slow.web.1", "running"}});
}

TEST_CASE("without waiting, up returns when everything is started") {
    const Deployed shop("no-wait");
    CHECK(shop.up({{"containers", {container("web", "sleep 0.2; exit 3")}}}, {"--no-wait"}).code ==
          0);
}
