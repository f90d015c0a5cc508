// How many engine calls each command makes: one more is to be seen here, and to be meant.

#include <algorithm>
#include <sstream>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

bool is_call(const std::string& line) {
    return line.starts_with("GET /") || line.starts_with("POST /") || line.starts_with("DELETE /");
}

// /containers/0123…/start?t=1 -> containers/*/start: what is asked, without whom.
std::string kind_of(const std::string& target) {
    std::vector<std::string> segments;
    std::istringstream path(target.substr(1, target.find('?') - 1));
    for (std::string segment; std::getline(path, segment, '/');) {
        segments.push_back(segment);
    }
    if (segments.size() > 2) {  // an image's name has slashes of its own
        return segments.front() + "/*/" + segments.back();
    }
    if (segments.size() == 2 && segments[1] != "create" && segments[1] != "json") {
        return segments.front() + "/*";
    }
    return target.substr(1, target.find('?') - 1);
}

// How often each kind of call was made, by what `-v` told.
std::map<std::string, int> calls(const Ended& ended) {
    std::map<std::string, int> counts;
    std::istringstream lines(ended.err);
    for (std::string line; std::getline(lines, line);) {
        if (is_call(line)) {
            const std::size_t space = line.find(' ');
            const std::string target =
                line.substr(space + 1, line.find(' ', space + 1) - space - 1);
            ++counts[line.substr(0, space + 1) + kind_of(target)];
        }
    }
    return counts;
}

using Calls = std::map<std::string, int>;

// Five containers of two images.
Json five() {
    Json web = container("web");
    web["instances"] = 3;
    web["dependencies"] = {"db"};
    Json livy = container("livy");
    livy["image"] = "heliumdatacommons/livy";
    livy.erase("cmd");
    return {{"containers", {web, container("db"), livy}}};
}

}  // namespace

TEST_CASE("a first up makes these calls and no more", "[newer]") {
    const Deployed shop("calls-up");
    const Ended up = shop.up(five(), {"-v", "--settle", "0"});
    REQUIRE(up.code == 0);
    CHECK(calls(up) == Calls{{"GET _ping", 1},
                             {"GET images/*/json", 2},
                             // What the appliance has; then, when nobody else can change it, all
                             // that the engine has; and at the end what has become of it.
                             {"GET containers/json", 3},
                             {"GET networks", 3},
                             {"GET volumes", 3},
                             {"GET events", 1},
                             {"POST volumes/create", 1},
                             {"POST networks/create", 1},
                             {"POST containers/create", 5},
                             {"POST containers/*/start", 5}});
}

TEST_CASE("limits to processors cost one call: how many the engine has") {
    const Deployed shop("calls-cpus");
    Json document = {{"containers", {container("web")}}};
    document["containers"][0]["resources"]["cpus"] = 0.5;
    const Ended up = shop.up(document, {"-v", "--settle", "0"});
    REQUIRE(up.code == 0);
    CHECK(calls(up)["GET info"] == 1);
}

TEST_CASE("an up with nothing to do looks once at images, containers, volumes and networks") {
    const Deployed shop("calls-again");
    REQUIRE(shop.up(five()).code == 0);
    CHECK(calls(shop.up(five(), {"-v"})) == Calls{{"GET _ping", 1},
                                                  {"GET images/*/json", 2},
                                                  {"GET containers/json", 1},
                                                  {"GET networks", 1},
                                                  {"GET volumes", 1}});
}

TEST_CASE("scaling up makes what is missing and writes a new record") {
    const Deployed shop("calls-scale");
    REQUIRE(shop.up(five()).code == 0);
    const Ended up = shop.up(five(), {"-v", "--settle", "0", "--scale", "web=5"});
    REQUIRE(up.code == 0);
    CHECK(calls(up) == Calls{{"GET _ping", 1},
                             {"GET images/*/json", 2},
                             {"GET containers/json", 3},
                             {"GET networks", 3},
                             {"GET volumes", 3},
                             {"GET events", 1},
                             {"POST volumes/create", 1},
                             {"POST containers/create", 2},
                             {"POST containers/*/start", 2},
                             {"DELETE volumes/*", 1}});
}

// One that started within the last ten seconds is asked about as well, in case it is in a crash
// loop; one that is paused is beyond that doubt, whatever its age.
TEST_CASE("status makes two calls where nothing is in doubt") {
    const Deployed shop("calls-status");
    REQUIRE(shop.up(five()).code == 0);
    for (const auto& [name, id] : container_ids("calls-status")) {
        engine_post("/containers/" + id + "/pause");
    }
    const Ended status = pivot({"status", "calls-status", "-v"});
    CHECK(calls(status) == Calls{{"GET _ping", 1}, {"GET containers/json", 1}, {"GET volumes", 1}});
    for (const auto& [name, id] : container_ids("calls-status")) {
        engine_post("/containers/" + id + "/unpause");
    }
}

TEST_CASE("down stops and removes each container, and makes three lists before and after") {
    const Deployed shop("calls-down");
    REQUIRE(shop.up(five()).code == 0);
    const Ended down = pivot({"down", "calls-down", "-v"});
    REQUIRE(down.code == 0);
    CHECK(calls(down) == Calls{{"GET _ping", 1},
                               {"GET containers/json", 2},
                               {"GET networks", 2},
                               {"GET volumes", 2},
                               {"POST containers/*/stop", 5},
                               {"DELETE containers/*", 5},
                               {"DELETE networks/*", 1},
                               {"DELETE volumes/*", 1}});
}

TEST_CASE("a plan makes no call that changes anything") {
    const Deployed shop("calls-plan");
    const Json document = five();
    Json named = document;
    named["id"] = "calls-plan";
    const Ended plan = pivot({"plan", "-", "-v"}, named.dump());
    REQUIRE(plan.code == 0);
    CHECK(calls(plan) == Calls{{"GET _ping", 1},
                               {"GET images/*/json", 2},
                               {"GET containers/json", 1},
                               {"GET networks", 1},
                               {"GET volumes", 1}});
}
