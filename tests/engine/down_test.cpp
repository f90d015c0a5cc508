#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

const Json nothing = {
    {"containers", Json::object()}, {"networks", Json::array()}, {"volumes", Json::array()}};

}  // namespace

TEST_CASE("down removes containers, network and record without the file, dependents first",
          "[newer]") {
    const Deployed shop("gone");
    Json web = container("web");
    web["dependencies"] = {"db"};
    REQUIRE(shop.up({{"containers", {web, container("db")}}}).code == 0);
    const Ended down = pivot({"down", "gone"});
    INFO(down.err);
    CHECK(down.code == 0);
    CHECK(down.err.find("stopped web.1") < down.err.find("stopped db.1"));
    CHECK(down.err.find("stopped db.1") != std::string::npos);
    CHECK(down.out == "gone is gone: 2 containers and 1 network removed\n");
    CHECK(belongings("gone") == nothing);

    CHECK(pivot({"down", "gone"}).code == 4);
    CHECK(pivot({"status", "gone"}).code == 4);
    CHECK(pivot({"down", "gone", "--if-exists"}).code == 0);
}

TEST_CASE("down takes a document's path for its ID") {
    const Deployed hello("spark-livy");
    REQUIRE(pivot({"up", PIVOT_SOURCE_DIR "/appliances/spark-livy.json", "--no-wait"}).code == 0);
    CHECK(pivot({"status", PIVOT_SOURCE_DIR "/appliances/spark-livy.json"}).code == 0);
    CHECK(pivot({"down", PIVOT_SOURCE_DIR "/appliances/spark-livy.json"}).code == 0);
    CHECK(belongings("spark-livy") == nothing);
}

TEST_CASE("a volume of the appliance's stays, and purging removes it") {
    const Deployed shop("kept");
    REQUIRE(shop.up({{"containers", {container("web")}}}).code == 0);
    engine_post("/volumes/create",
                {{"Name", "kept.data"}, {"Labels", {{"pivot.appliance", "kept"}}}});
    const Ended down = pivot({"down", "kept"});
    CHECK(down.code == 0);
    CHECK(down.out ==
          "kept is gone: 1 container and 1 network removed; volume kept.data kept (`--purge` "
          "removes it)\n");
    CHECK(belongings("kept")["volumes"] == Json{"kept.data"});
    CHECK(pivot({"status", "kept"}).code == 4);
    CHECK(pivot({"down", "kept", "--purge"}).code == 0);
    CHECK(belongings("kept") == nothing);
}

TEST_CASE("a container that ignores TERM gets no more than its stop timeout") {
    const Deployed shop("stubborn");
    REQUIRE(shop.up({{"containers", {container("web", "trap '' TERM; while :; do sleep 1; done")}}})
                .code == 0);
    const Ended down = pivot({"down", "stubborn", "--stop-timeout", "1", "-v"});
    CHECK(down.code == 0);
    CHECK(down.err.find("/stop?t=1 ") != std::string::npos);
    CHECK(belongings("stubborn") == nothing);
}

TEST_CASE("status without an ID lists every appliance, and exits 1 when one is not well",
          "[newer]") {
    const Deployed one("listed-1");
    const Deployed two("listed-2");
    REQUIRE(one.up({{"containers", {container("web")}}}).code == 0);
    REQUIRE(two.up({{"containers", {container("web"), container("db")}}}).code == 0);
    CHECK(pivot({"status"}).out ==
          "APPLIANCE  STATE    CONTAINERS\n"
          "listed-1   running  1/1\n"
          "listed-2   running  2/2\n");
    engine_post("/containers/listed-2.db.1/stop?t=0");
    const Ended status = pivot({"status", "-o", "json"});
    CHECK(status.code == 1);
    const Json appliances = Json::parse(status.out)["appliances"];
    CHECK(appliances.size() == 2);
    CHECK(appliances[1]["state"] == "killed");
}
