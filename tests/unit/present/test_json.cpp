#include "catch.hpp"
#include "present/json.hpp"
#include "unit/present/values.hpp"

using namespace values;
using present::to_text;

TEST_CASE("the status of an appliance as JSON has the shape that is documented") {
    auto livy = running("livy", {endpoint(32768, 8998)});
    livy.image = "heliumdatacommons/livy";
    livy.members = {{.instance = 1,
                     .name = "spark-livy.livy.1",
                     .engine_id = "0123",
                     .state = plan::State::running,
                     .reason = "",
                     .since = "2026-11-27T08:00:00.5Z",
                     .restarts = 0,
                     .health = plan::Health::healthy,
                     .address = "172.18.0.2",
                     .image_id = "sha256:4567"},
                    {.instance = 2,
                     .name = "spark-livy.livy.2",
                     .engine_id = "89ab",
                     .state = plan::State::failed,
                     .reason = "exit code 1",
                     .since = "",
                     .restarts = std::nullopt,
                     .health = plan::Health::none,
                     .address = "",
                     .image_id = ""}};
    CHECK(to_text(present::status_json(status("spark-livy", plan::State::running, {livy}))) == R"({
  "id": "spark-livy",
  "state": "running",
  "containers": [
    {
      "id": "livy",
      "type": "service",
      "image": "heliumdatacommons/livy",
      "state": "running",
      "instances": {
        "desired": 1,
        "running": 1
      },
      "endpoints": [
        {
          "host": "127.0.0.1",
          "host_port": 32768,
          "container_port": 8998,
          "protocol": "tcp",
          "instance": 1
        }
      ],
      "members": [
        {
          "instance": 1,
          "name": "spark-livy.livy.1",
          "id": "0123",
          "state": "running",
          "reason": null,
          "since": "2026-11-27T08:00:00.5Z",
          "restarts": 0,
          "health": "healthy",
          "address": "172.18.0.2",
          "image_id": "sha256:4567"
        },
        {
          "instance": 2,
          "name": "spark-livy.livy.2",
          "id": "89ab",
          "state": "failed",
          "reason": "exit code 1",
          "since": null,
          "restarts": null,
          "health": null,
          "address": null,
          "image_id": null
        }
      ]
    }
  ]
}
)");
}

TEST_CASE("a job that failed has its exit code and the reason, and a named port has its name") {
    auto migrate = running("migrate", {endpoint(5000, 5000)});
    migrate.type = appliance::ContainerType::job;
    migrate.state = plan::State::failed;
    migrate.running = 0;
    migrate.exit_code = 9;
    migrate.reason = "exit 9";
    migrate.endpoints[0].name = "debug";
    CHECK(
        present::status_json(status("shop", plan::State::failed, {migrate})).dump() ==
        R"({"id":"shop","state":"failed","containers":[{"id":"migrate","type":"job","image":"image",)"
        R"("state":"failed","exit_code":9,"reason":"exit 9","instances":{"desired":1,"running":0},)"
        R"("endpoints":[{"host":"127.0.0.1","host_port":5000,"container_port":5000,"protocol":"tcp",)"
        R"("name":"debug","instance":1}],"members":[]}]})");
}

TEST_CASE("a container without endpoints has an empty list of them") {
    CHECK(
        present::status_json(status("shop", plan::State::running, {running("db")})).dump() ==
        R"({"id":"shop","state":"running","containers":[{"id":"db","type":"service","image":"image",)"
        R"("state":"running","instances":{"desired":1,"running":1},"endpoints":[],"members":[]}]})");
}

TEST_CASE("all appliances are a list in one object") {
    CHECK(present::status_json(std::vector<plan::ApplianceStatus>{}).dump() ==
          R"({"appliances":[]})");
    CHECK(present::status_json(std::vector{status("a", plan::State::running, {})}).dump() ==
          R"({"appliances":[{"id":"a","state":"running","containers":[]}]})");
}

TEST_CASE("a plan as JSON has its changes, the images to pull and the warnings") {
    plan::Plan plan;
    plan.changes = {{plan::Change::Kind::replace, instance("livy"), "env changed", {"env"}}};
    plan.unchanged = 2;
    plan.add(plan::StopInstance{instance("livy"), "abc"}, {});
    const diagnostics::Source source("appliance.json", "{\n  \"cpus\": 4\n}");
    const appliance::ApplianceId id("spark-livy");
    const diagnostics::Diagnostics warnings{{diagnostics::Severity::warning,
                                             "4 cpus are more than there are",
                                             diagnostics::Span{12, 13}, "use 2"}};
    CHECK(
        present::plan_json({id, plan, {"spark:3"}}, warnings, source).dump() ==
        R"({"id":"spark-livy","up_to_date":false,"changes":[{"kind":"replace","container":"livy","instance":1,)"
        R"("reason":"env changed","changed":["env"]}],"unchanged":2,"images_to_pull":["spark:3"],"powers":[],"warnings":[{)"
        R"("severity":"warning","message":"4 cpus are more than there are","line":2,"column":11,"end_line":2,"end_column":12,"hint":"use 2"}]})");
}

TEST_CASE("what is no UTF-8 does not break the JSON") {
    auto broken = running("db");
    broken.reason = "bad \xff byte";
    const auto text = to_text(present::status_json(status("shop", plan::State::failed, {broken})));
    CHECK(text.find("\"bad \xef\xbf\xbd byte\"") != std::string::npos);
}
