// The founding appliance's variants, with stand-ins of their images.

#include <fmt/format.h>

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

Ended up(const std::string& name) {
    return pivot({"up", fmt::format("{}/appliances/{}.json", PIVOT_SOURCE_DIR, name)});
}

// "livy running, pi success": in the order of the document.
std::string states(const Deployed& appliance) {
    std::string text;
    const Json status = appliance.status();
    for (const Json& container : status["containers"]) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", container["id"].get<std::string>(),
                            container["state"].get<std::string>());
    }
    return text;
}

}  // namespace

TEST_CASE("spark-pi is up when its checks pass and its job has ended") {
    const Deployed spark("spark-pi");
    const Ended ended = up("spark-pi");
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(states(spark) ==
          "livy running, spark-master running, spark-worker running, pi success, "
          "history running");
    const Json pi = engine_get("/containers/spark-pi.pi.1/json")["Config"];
    CHECK(pi["Entrypoint"] ==
          Json({"/bin/sh", "-c",
                "spark-submit --master spark://spark-master:7077 --conf spark.cores.max=2 "
                "--conf spark.eventLog.enabled=true --conf spark.eventLog.dir=file:/events "
                "$SPARK_HOME/examples/src/main/python/pi.py 4"}));
}

TEST_CASE("the founding appliance runs with Apache's own images") {
    const Deployed spark("spark-livy-apache");
    const Ended ended = up("spark-livy-apache");
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(states(spark) == "livy running, spark-master running, spark-worker running");
    CHECK(engine_exec("spark-livy-apache.livy.1", {"cat", "/www/args"}) ==
          "spark://spark-master:7077\n");
    CHECK(engine_exec("spark-livy-apache.spark-worker.1", {"cat", "/www/args"}) ==
          "org.apache.spark.deploy.worker.Worker\n--webui-port\n8081\n"
          "spark://spark-master:7077\n");
}
