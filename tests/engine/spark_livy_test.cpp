// The founding appliance with stand-ins of its images, which serve what they were given.

#include <fmt/format.h>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

const std::string document = PIVOT_SOURCE_DIR "/appliances/spark-livy.json";

std::string started_at(const std::string& name) {
    return engine_get("/containers/" + name + "/json")["State"]["StartedAt"];
}

std::string environment_of(const std::string& name) {
    std::string text;
    const Json container = engine_get("/containers/" + name + "/json");
    for (const Json& variable : container["Config"]["Env"]) {
        text += variable.get<std::string>() + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("the founding document runs: order, references, endpoints, limits", "[newer]") {
    const Deployed spark("spark-livy");
    const Ended up = pivot({"up", document});
    INFO(up.err);
    REQUIRE(up.code == 0);
    CHECK(up.err.find("warning: container `spark-worker` asks for 4 cpus, this engine has") !=
          std::string::npos);

    SECTION("livy and the worker start after the master") {
        CHECK(started_at("spark-livy.spark-master.1") < started_at("spark-livy.livy.1"));
        CHECK(started_at("spark-livy.spark-master.1") < started_at("spark-livy.spark-worker.1"));
    }
    SECTION("the reference arrives as an argument and resolves in the container") {
        CHECK(engine_exec("spark-livy.spark-worker.1", {"cat", "/www/args"}) ==
              "spark-master:7077\n");
        CHECK(engine_exec("spark-livy.livy.1", {"cat", "/www/args"}) ==
              "spark://spark-master:7077\n");
        CHECK(engine_exec("spark-livy.spark-worker.1",
                          {"wget", "-q", "-O-", "http://spark-master:8080/hostname"}) ==
              "spark-master-1\n");
    }
    SECTION("every endpoint that status shows answers on the host") {
        const Json status = spark.status();
        int answers = 0;
        for (const Json& container : status["containers"]) {
            for (const Json& endpoint : container["endpoints"]) {
                const std::string url =
                    fmt::format("http://{}:{}/hostname", endpoint["host"].get<std::string>(),
                                endpoint["host_port"].get<int>());
                CHECK(fetch(url) == container["id"].get<std::string>() + "-1\n");
                ++answers;
            }
        }
        CHECK(answers == 3);
        const std::string livy = pivot({"port", "spark-livy", "livy", "8998"}).out;
        CHECK(livy == fmt::format("127.0.0.1:{}\n",
                                  status["containers"][0]["endpoints"][0]["host_port"].get<int>()));
    }
    SECTION("status has the founding shape") {
        Json status = spark.status();
        for (Json& container : status["containers"]) {
            for (Json& endpoint : container["endpoints"]) {
                CHECK(endpoint["host_port"].get<int>() > 0);
                endpoint["host_port"] = 0;
            }
            CHECK(container["members"].size() == 1);
            container.erase("members");
        }
        const auto entry = [](const char* id, const char* image, Json endpoints) {
            return Json{{"id", id},
                        {"type", "service"},
                        {"image", image},
                        {"state", "running"},
                        {"endpoints", endpoints},
                        {"instances", {{"desired", 1}, {"running", 1}}}};
        };
        const auto endpoint = [](int port) {
            return Json{{"host", "127.0.0.1"},
                        {"host_port", 0},
                        {"container_port", port},
                        {"protocol", "tcp"},
                        {"instance", 1}};
        };
        CHECK(status ==
              Json{{"schema", 1},
                   {"pivot", "0.1.0"},
                   {"exit_code", 0},
                   {"id", "spark-livy"},
                   {"state", "running"},
                   {"containers",
                    {entry("livy", "heliumdatacommons/livy", Json::array({endpoint(8998)})),
                     entry("spark-master", "heliumdatacommons/spark-master",
                           Json::array({endpoint(7077), endpoint(8080)})),
                     entry("spark-worker", "heliumdatacommons/helium-spark-r-worker",
                           Json::array())}}});
    }
    SECTION("resources reach the engine and the images made for PIVOT") {
        const Json worker = engine_get("/containers/spark-livy.spark-worker.1/json")["HostConfig"];
        const int cpus = engine_get("/info")["NCPU"];
        CHECK(worker["NanoCpus"] == std::min(cpus, 4) * 1000000000LL);
        CHECK(worker["CpuShares"] == 4096);
        CHECK(worker["Memory"] == 4096LL * 1024 * 1024);
        const std::string environment = environment_of("spark-livy.spark-worker.1");
        for (const char* variable :
             {"MARATHON_APP_RESOURCE_CPUS=4\n", "MARATHON_APP_RESOURCE_MEM=4096\n",
              "PIVOT_APPLIANCE=spark-livy\n", "PIVOT_CONTAINER=spark-worker\n",
              "PIVOT_INSTANCE=1\n", "PYSPARK_PYTHON=/usr/bin/python\n"}) {
            CAPTURE(variable, environment);
            CHECK(environment.find(variable) != std::string::npos);
        }
    }
    SECTION("three instances are three workers, and the others stay as they are") {
        auto before = container_ids("spark-livy");
        const Ended scaled = pivot({"up", document, "--scale", "spark-worker=3"});
        INFO(scaled.err);
        REQUIRE(scaled.code == 0);
        auto after = container_ids("spark-livy");
        CHECK(after.size() == 5);
        CHECK(after.erase("spark-livy.spark-worker.2") == 1);
        CHECK(after.erase("spark-livy.spark-worker.3") == 1);
        CHECK(after == before);
        CHECK(spark.status()["containers"][2]["instances"] == Json{{"desired", 3}, {"running", 3}});
    }
}
