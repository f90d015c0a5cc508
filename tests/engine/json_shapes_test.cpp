// What `-o json` promises: within a major version fields are added, never renamed or removed. A
// line that goes from one of these lists breaks somebody's script.

#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

using Shape = std::map<std::string, std::set<std::string>>;  // path -> types

void add_shape(const Json& json, const std::string& path, Shape& shape) {
    if (json.is_object()) {
        for (const auto& [key, value] : json.items()) {
            add_shape(value, path.empty() ? key : path + "." + key, shape);
        }
    } else if (json.is_array()) {
        shape[path].insert("array");
        for (const Json& element : json) {
            add_shape(element, path + "[]", shape);
        }
    } else {
        shape[path].insert(json.type_name());
    }
}

// A line for each path with the types that are found there.
std::string shape_of(const Ended& ended) {
    Shape shape;
    add_shape(Json::parse(ended.out), "", shape);
    std::string text = "\n";
    for (const auto& [path, types] : shape) {
        text += fmt::format("{} {}\n", path, fmt::join(types, "|"));
    }
    return text;
}

// A command with `-o json` and its end: one object, whose exit code is the process's.
Ended as_json(std::vector<std::string> words, const Json& document = {}) {
    words.insert(words.end(), {"-o", "json", "-q"});
    Ended ended = pivot(std::move(words), document.dump(2));
    INFO(ended.err << ended.out);
    const Json json = Json::parse(ended.out);
    CHECK(json["schema"] == 1);
    CHECK(json["pivot"] == "0.1.0");
    CHECK(json["exit_code"] == ended.code);
    CHECK(json.contains("errors") == (ended.code != 0 && ended.code != 10));
    return ended;
}

Json shop(const std::string& id) {
    Json web = container("web");
    web["ports"] = {{{"container_port", 80}, {"name", "http"}}};
    web["dependencies"] = {"db"};
    web["resources"] = {{"cpus", 64}};
    web["volumes"] = {{{"src", "/etc"}, {"dest", "/host"}, {"mode", "RO"}}};
    return {{"id", id}, {"containers", {web, container("db"), job("init", "exit 0")}}};
}

constexpr auto status_shape = R"(
containers array
containers[].endpoints array
containers[].endpoints[].container_port number
containers[].endpoints[].host string
containers[].endpoints[].host_port number
containers[].endpoints[].instance number
containers[].endpoints[].name string
containers[].endpoints[].protocol string
containers[].exit_code number
containers[].id string
containers[].image string
containers[].instances.desired number
containers[].instances.running number
containers[].members array
containers[].members[].address null|string
containers[].members[].health null
containers[].members[].id string
containers[].members[].image_id string
containers[].members[].instance number
containers[].members[].name string
containers[].members[].reason null
containers[].members[].restarts number
containers[].members[].since string
containers[].members[].state string
containers[].state string
containers[].type string
exit_code number
id string
pivot string
schema number
state string
)";

}  // namespace

TEST_CASE("the JSON of an appliance that runs has its shape, whichever command prints it") {
    const Deployed deployed("json-runs");
    const Json document = shop("json-runs");
    CHECK(shape_of(as_json({"plan", "-"}, document)) == R"(
changes array
changes[].changed array
changes[].container string
changes[].instance number
changes[].kind string
changes[].reason string
exit_code number
id string
images_to_pull array
pivot string
powers array
powers[].container string
powers[].power string
powers[].what string
schema number
unchanged number
up_to_date boolean
warnings array
warnings[].message string
warnings[].severity string
)");
    CHECK(shape_of(as_json({"up", "-"}, document)) == status_shape);
    CHECK(shape_of(as_json({"up", "-"}, document)) == status_shape);  // nothing to do
    const Ended status = as_json({"status", "json-runs"});
    CHECK(shape_of(status) == status_shape);
    CHECK(as_json({"plan", "-", "--exit-code"}, document).code == 0);
    CHECK(shape_of(as_json({"port", "json-runs", "web"})) == R"(
endpoints array
endpoints[].container_port number
endpoints[].host string
endpoints[].host_port number
endpoints[].instance number
endpoints[].name string
endpoints[].protocol string
exit_code number
pivot string
schema number
)");
    CHECK(shape_of(as_json({"port", "json-runs", "web", "htp"})) == R"(
endpoints array
errors array
errors[].appliance string
errors[].code string
errors[].container string
errors[].hint string
errors[].message string
exit_code number
pivot string
schema number
)");
    CHECK(pivot({"port", "json-runs", "web", "htp"}).err ==
          "error: `web` has no endpoint called `htp`\nhint: did you mean `http`?\n");
    CHECK(pivot({"status", "json-run"}).err ==
          "error: no appliance `json-run` on this engine\nhint: did you mean `json-runs`?\n");
    Json changed = document;
    changed["containers"][0]["env"] = {{"A", "1"}};
    const Ended plan = as_json({"plan", "-", "--exit-code"}, changed);
    CHECK(plan.code == 10);
    CHECK(Json::parse(plan.out)["changes"] == Json{{{"kind", "replace"},
                                                    {"container", "web"},
                                                    {"instance", 1},
                                                    {"reason", "env changed"},
                                                    {"changed", {"env"}}}});
    CHECK(shape_of(as_json({"down", "json-runs"})) == R"(
exit_code number
id string
kept_volumes array
pivot string
removed.containers number
removed.networks number
removed.volumes number
schema number
)");
    CHECK(shape_of(as_json({"down", "json-runs"})) == R"(
errors array
errors[].appliance string
errors[].code string
errors[].hint string
errors[].message string
exit_code number
pivot string
schema number
)");
}

TEST_CASE("the members of a container are what the engine has") {
    const Deployed deployed("json-members");
    REQUIRE(as_json({"up", "-"}, shop("json-members")).code == 0);
    const Json members =
        Json::parse(as_json({"status", "json-members"}).out)["containers"][0]["members"];
    const Json engine = engine_get("/containers/json-members.web.1/json");
    CHECK(
        members ==
        Json{{{"instance", 1},
              {"name", "json-members.web.1"},
              {"id", engine["Id"]},
              {"state", "running"},
              {"reason", nullptr},
              {"since", engine["State"]["StartedAt"]},
              {"restarts", 0},
              {"health", nullptr},
              {"address", engine["NetworkSettings"]["Networks"]["pivot-json-members"]["IPAddress"]},
              {"image_id", engine["Image"]}}});
    // Of the job: since its end, and it has no address any more.
    const Json init =
        Json::parse(as_json({"status", "json-members"}).out)["containers"][2]["members"][0];
    CHECK(init["since"] ==
          engine_get("/containers/json-members.init.1/json")["State"]["FinishedAt"]);
    CHECK(init["address"].is_null());
}

TEST_CASE("only as JSON does status ask the engine for more") {
    const Deployed deployed("json-calls");
    REQUIRE(as_json({"up", "-"}, {{"id", "json-calls"}, {"containers", {container("web")}}}).code ==
            0);
    const auto inspects = [](const Ended& ended) {
        std::size_t count = 0;
        for (std::size_t at = 0; (at = ended.err.find("GET /containers/", at)) != std::string::npos;
             ++at) {
            count += ended.err.compare(at, 20, "GET /containers/json") == 0 ? 0 : 1;
        }
        return count;
    };
    engine_post("/containers/json-calls.web.1/pause");
    CHECK(inspects(pivot({"status", "json-calls", "-v"})) == 0);
    CHECK(inspects(pivot({"status", "json-calls", "-v", "-o", "json"})) == 1);
}

TEST_CASE("the JSON of a container that failed tells how, where, and what waits for it") {
    const Deployed deployed("json-fails");
    Json web = container("web");
    web["dependencies"] = {"db"};
    Json proxy = container("proxy");
    proxy["dependencies"] = {"web"};
    Json db = container("db", "echo 'wrong ownership'; exit 7");
    db["health_check"] = {{"command", "true"}};
    const Json document = {{"id", "json-fails"}, {"containers", {web, db, proxy}}};
    const Ended up = as_json({"up", "-", "--settle", "10s"}, document);
    CHECK(up.code == 1);
    CHECK(Json::parse(up.out)["errors"] ==
          Json{{{"code", "container-exited"},
                {"message", "`db` exited with code 7"},
                {"hint",
                 "what runs was left running; run `pivot up` again once it is mended, or `pivot "
                 "down json-fails`"},
                {"container", "db"},
                {"instance", 1},
                {"exit_code", 7},
                {"file", "<stdin>"},
                {"line", 11},
                {"column", 5},
                {"end_line", 18},
                {"end_column", 6},
                {"log", {"wrong ownership"}},
                {"blocks", {"web", "proxy"}}}});
    const Ended status = as_json({"status", "json-fails"});
    CHECK(status.code == 1);
    CHECK(Json::parse(status.out)["errors"][0] == Json{{"code", "not-in-goal-state"},
                                                       {"message", "`web` is pending"},
                                                       {"appliance", "json-fails"},
                                                       {"container", "web"}});
    CHECK(Json::parse(as_json({"status"}).out)["appliances"][0]["id"] == "json-fails");
}

TEST_CASE("the JSON of a time limit and of a signal has their codes") {
    const Deployed deployed("json-late");
    Json web = container("web");
    web["health_check"] = {{"command", "echo loading; exit 1"}, {"interval_seconds", 1}};
    const Json document = {{"id", "json-late"}, {"containers", {web}}};
    const Ended late = as_json({"up", "-", "--timeout", "3s"}, document);
    CHECK(late.code == 5);
    const Json error = Json::parse(late.out)["errors"][0];
    CHECK(error["code"] == "timed-out");
    CHECK(error["container"] == "web");
    CHECK(error["check"] == Json{{"asked", "`echo loading; exit 1`"}, {"answer", "loading"}});
    CHECK(Json::parse(late.out)["containers"][0]["members"][0]["health"] == "starting");

    for (const auto& [signal, code, word] :
         {std::tuple{SIGINT, 130, "interrupted"}, {SIGTERM, 143, "terminated"}}) {
        REQUIRE(pivot({"down", "json-late"}).code == 0);
        Process process({{PIVOT_BINARY, "up", "-", "-o", "json"}, document.dump()});
        REQUIRE(eventually([&] {
            return belongings("json-late")["containers"] == Json{{"json-late.web.1", "running"}};
        }));
        process.signal(signal);
        const Ended ended = process.wait();
        INFO(ended.err << ended.out);
        CHECK(ended.code == code);
        CHECK(shape_of(ended) == R"(
errors array
errors[].code string
errors[].message string
exit_code number
pivot string
schema number
)");
        CHECK(Json::parse(ended.out)["errors"][0]["code"] == word);
    }
}
