// `up` makes the engine match the document, whatever is there, and changes nothing else.

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

Json web_and_db() {
    Json web = container("web");
    web["dependencies"] = {"db"};
    web["ports"] = Json::array({{{"container_port", 80}}});
    return {{"containers", {web, container("db")}}};
}

}  // namespace

TEST_CASE("a second up changes nothing and says so", "[newer]") {
    const Deployed shop("twice");
    REQUIRE(shop.up(web_and_db()).code == 0);
    const auto before = container_ids("twice");
    const Json had = belongings("twice");
    const Ended again = shop.up(web_and_db());
    CHECK(again.code == 0);
    CHECK(again.err.empty());
    CHECK(again.out.starts_with("twice is up to date\n"));
    CHECK(container_ids("twice") == before);
    CHECK(belongings("twice") == had);
}

TEST_CASE("a second up makes no changing call") {
    const Deployed shop("no-calls");
    REQUIRE(shop.up(web_and_db()).code == 0);
    const Ended again = shop.up(web_and_db(), {"-v"});
    CHECK(again.code == 0);
    CHECK(again.err.find("GET /") != std::string::npos);
    CHECK(again.err.find("POST /") == std::string::npos);
    CHECK(again.err.find("DELETE /") == std::string::npos);
}

TEST_CASE("a changed environment value recreates only that container", "[newer]") {
    const Deployed shop("changed-env");
    Json document = web_and_db();
    REQUIRE(shop.up(document).code == 0);
    const auto before = container_ids("changed-env");
    document["containers"][0]["env"] = {{"COLOUR", "red"}};
    const Ended up = shop.up(document);
    INFO(up.err);
    CHECK(up.code == 0);
    const auto after = container_ids("changed-env");
    CHECK(after.at("changed-env.db.1") == before.at("changed-env.db.1"));
    CHECK(after.at("changed-env.web.1") != before.at("changed-env.web.1"));
    CHECK(belongings("changed-env")["volumes"] == Json{"pivot.changed-env.2"});
}

TEST_CASE(
    "the same document written otherwise changes nothing, and what changed is named by its key") {
    const Deployed shop("otherwise");
    Json web = container("web");
    web["cap_add"] = {"NET_ADMIN", "SYS_TIME"};
    web["tmpfs"] = {"/a", "/b"};
    web["devices"] = {"/dev/null", "/dev/zero"};
    web["extra_hosts"] = {"h1=10.0.0.1", "h2=10.0.0.2"};
    web["volumes"] = Json::array({{{"src", "/tmp"}, {"dest", "/x"}}});
    web["stop_signal"] = "SIGKILL";
    REQUIRE(shop.up({{"containers", {web}}}).code == 0);
    const auto before = container_ids("otherwise");
    web["cap_add"] = {"CAP_SYS_TIME", "net_admin"};
    web["tmpfs"] = {"/b/", "//a"};
    web["devices"] = {"/dev/zero:rwm", "/dev/null:/dev/null"};
    web["extra_hosts"] = {{"h2", "10.0.0.2"}, {"h1", "10.0.0.1"}};
    web["volumes"] = Json::array({{{"host_path", "/tmp/"}, {"container_path", "/x/"}}});
    web["stop_signal"] = 9;
    web["stop_grace_period"] = "10s";
    web["init"] = false;
    const Ended up = shop.up({{"containers", {web}}});
    INFO(up.err);
    CHECK(up.code == 0);
    CHECK(container_ids("otherwise") == before);
    web["cap_add"] = {"SYS_TIME"};
    web["tmpfs"] = {"/a", "/b:size=1m"};
    const Ended plan = shop.up({{"containers", {web}}}, {"--dry-run"});
    CHECK(plan.out.find("web.1  replace  cap_add and tmpfs changed\n") != std::string::npos);
}

TEST_CASE("a container that is taken out of the document goes, unless orphans are kept") {
    const Deployed shop("orphan");
    Json document = web_and_db();
    document["containers"].push_back(container("old"));
    REQUIRE(shop.up(document).code == 0);
    REQUIRE(shop.up(web_and_db(), {"--keep-orphans"}).code == 0);
    CHECK(belongings("orphan")["containers"].contains("orphan.old.1"));
    REQUIRE(shop.up(web_and_db()).code == 0);
    CHECK(belongings("orphan")["containers"] ==
          Json{{"orphan.db.1", "running"}, {"orphan.web.1", "running"}});
}

TEST_CASE("scaling 1, 2, 1, 2 keeps the first instance and gives the second again", "[newer]") {
    const Deployed shop("scale");
    Json document = {{"containers", {container("web")}}};
    const auto scaled = [&](int instances) {
        document["containers"][0]["instances"] = instances;
        REQUIRE(shop.up(document).code == 0);
        return container_ids("scale");
    };
    const auto first = scaled(1);
    const auto second = scaled(2);
    CHECK(second.at("scale.web.1") == first.at("scale.web.1"));
    CHECK(scaled(1) == first);
    const auto again = scaled(2);
    CHECK(again.at("scale.web.1") == first.at("scale.web.1"));
    CHECK(again.contains("scale.web.2"));
    CHECK(scaled(0).empty());
    CHECK(shop.status()["state"] == "running");
}

TEST_CASE("what a person stopped or removed comes back", "[newer]") {
    const Deployed shop("come-back");
    REQUIRE(shop.up(web_and_db()).code == 0);
    const auto before = container_ids("come-back");
    engine_post("/containers/come-back.db.1/stop?t=0");
    engine_delete("/containers/come-back.web.1?force=1");
    CHECK(shop.status()["state"] == "killed");
    CHECK(pivot({"status", "come-back"}).code == 1);
    const Ended up = shop.up(web_and_db());
    INFO(up.err);
    CHECK(up.code == 0);
    const auto after = container_ids("come-back");
    CHECK(after.at("come-back.db.1") == before.at("come-back.db.1"));
    CHECK(after.at("come-back.web.1") != before.at("come-back.web.1"));
    CHECK(shop.status()["state"] == "running");
}

TEST_CASE("a paused container goes on") {
    const Deployed shop("paused");
    REQUIRE(shop.up(web_and_db()).code == 0);
    const auto before = container_ids("paused");
    engine_post("/containers/paused.db.1/pause");
    CHECK(pivot({"status", "paused"}).code == 1);
    CHECK(shop.up(web_and_db()).code == 0);
    CHECK(container_ids("paused") == before);
    CHECK(shop.status()["state"] == "running");
}

TEST_CASE("a missing instance shows in status, and a lost record too") {
    const Deployed shop("missing");
    Json document = web_and_db();
    document["containers"][1]["instances"] = 2;
    REQUIRE(shop.up(document).code == 0);
    engine_delete("/containers/missing.db.2?force=1");
    const Json db = shop.status()["containers"][1];
    CHECK(db["state"] == "submitted");
    CHECK(db["instances"] == Json{{"desired", 2}, {"running", 1}});
    engine_delete("/volumes/pivot.missing.1");
    const Ended status = pivot({"status", "missing"});
    CHECK(status.code == 1);  // the containers' own labels tell of two instances
    CHECK(status.err.find("record") != std::string::npos);
    CHECK(shop.up(document).code == 0);
    CHECK(belongings("missing") == Json{{"containers",
                                         {{"missing.db.1", "running"},
                                          {"missing.db.2", "running"},
                                          {"missing.web.1", "running"}}},
                                        {"networks", {"pivot-missing"}},
                                        {"volumes", {"pivot.missing.1"}}});
}

TEST_CASE("peers resolve by alias and by instance alias, and three instances answer in turn",
          "[newer]") {
    const Deployed shop("peers");
    Json document = {{"containers", {container("web"), container("client")}}};
    document["containers"][0]["instances"] = 3;
    REQUIRE(shop.up(document).code == 0);
    const auto addresses_of = [](const std::string& name) {
        const std::string text = engine_exec("peers.client.1", {"nslookup", name, "127.0.0.11"});
        std::size_t count = 0;
        for (std::size_t at = text.find("Address"); at != std::string::npos;
             at = text.find("Address", at + 1)) {
            ++count;
        }
        return count - 1;  // the first is the name server's own
    };
    CHECK(addresses_of("web") == 3);
    CHECK(addresses_of("web-2") == 1);
}

TEST_CASE("up of another appliance leaves this one alone") {
    const Deployed one("neighbour-1");
    const Deployed two("neighbour-2");
    REQUIRE(one.up(web_and_db()).code == 0);
    const auto before = container_ids("neighbour-1");
    REQUIRE(two.up(web_and_db()).code == 0);
    REQUIRE(pivot({"down", "neighbour-2"}).code == 0);
    CHECK(container_ids("neighbour-1") == before);
}

TEST_CASE("plan says what up would do and changes nothing") {
    const Deployed shop("planned");
    Json document = web_and_db();
    document["id"] = "planned";
    const Ended first = pivot({"plan", "-", "--exit-code"}, document.dump());
    CHECK(first.code == 10);
    CHECK(first.out ==
          "planned: 2 to create\n"
          "\n"
          "  + web.1  create\n"
          "  + db.1   create\n");
    CHECK(belongings("planned") == Json{{"containers", Json::object()},
                                        {"networks", Json::array()},
                                        {"volumes", Json::array()}});
    REQUIRE(shop.up(document).code == 0);
    CHECK(pivot({"plan", "-", "--exit-code"}, document.dump()).code == 0);
    document["containers"][0]["env"] = {{"A", "1"}};
    document["containers"][1]["instances"] = 2;
    const Ended second = pivot({"up", "-", "--dry-run"}, document.dump());
    CHECK(second.code == 0);
    CHECK(second.out ==
          "planned: 1 to replace, 1 to create, 1 unchanged\n"
          "\n"
          "  ~ web.1  replace  env changed\n"
          "  + db.2   create   instances 1 -> 2\n");
}

TEST_CASE("a dry run with a missing image succeeds and leaves the engine untouched") {
    const Deployed shop("dry");
    Json document = web_and_db();
    document["containers"][0]["image"] = "127.0.0.1:9/nowhere:1";
    const Ended plan = shop.up(document, {"--dry-run"});
    INFO(plan.err);
    CHECK(plan.code == 0);
    CHECK(plan.out.find("127.0.0.1:9/nowhere:1") != std::string::npos);
    CHECK(belongings("dry")["volumes"].empty());
}

TEST_CASE("an escaped at sign arrives as itself") {
    const Deployed shop("at-sign");
    Json web = container("web");
    web["env"] = {{"MAIL", "user\\@host"},
                  {"URL", "postgresql://postgres:secret\\@@db:5432/x "},
                  {"PART", "a@{db}_1"}};
    REQUIRE(shop.up({{"containers", {web, container("db")}}}).code == 0);
    CHECK(engine_exec("at-sign.web.1", {"sh", "-c", "echo \"$MAIL|$URL|$PART\""}) ==
          "user@host|postgresql://postgres:secret@db:5432/x |adb_1\n");
}
