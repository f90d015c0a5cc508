#include "catch.hpp"
#include "present/status_text.hpp"
#include "unit/present/values.hpp"

using present::to_text;
using namespace values;

TEST_CASE("the status of an appliance has a row for each container and a line for each endpoint") {
    const auto spark =
        status("spark-livy", plan::State::running,
               {running("livy", {endpoint(32768, 8998)}),
                running("spark-master", {endpoint(32770, 7077), endpoint(32769, 8080)}),
                running("spark-worker")});
    CHECK(to_text(spark, std::nullopt) ==
          "CONTAINER     STATE    INSTANCES  ENDPOINTS\n"
          "livy          running  1/1        127.0.0.1:32768 -> 8998/tcp\n"
          "spark-master  running  1/1        127.0.0.1:32770 -> 7077/tcp\n"
          "                                  127.0.0.1:32769 -> 8080/tcp\n"
          "spark-worker  running  1/1\n");
}

TEST_CASE("a container that failed says why, and one that left the document says so") {
    auto migrate = running("migrate");
    migrate.type = appliance::ContainerType::job;
    migrate.state = plan::State::failed;
    migrate.running = 0;
    migrate.exit_code = 9;
    migrate.reason = "exit 9 after 2 tries";
    auto old = running("old");
    old.in_record = false;
    CHECK(to_text(status("shop", plan::State::failed,
                         {running("web", {endpoint(8080, 80)}), migrate, old}),
                  std::nullopt) ==
          "CONTAINER  STATE    INSTANCES  ENDPOINTS                 REASON\n"
          "web        running  1/1        127.0.0.1:8080 -> 80/tcp\n"
          "migrate    failed   0/1                                  exit 9 after 2 tries\n"
          "old        running  1/1                                  no longer in the document\n");
}

TEST_CASE("a job that has done its work misses no instance") {
    auto migrate = running("migrate");
    migrate.type = appliance::ContainerType::job;
    migrate.state = plan::State::success;
    migrate.running = 0;
    CHECK(to_text(status("shop", plan::State::success, {migrate}), std::nullopt) ==
          "CONTAINER  STATE    INSTANCES  ENDPOINTS\n"
          "migrate    success  done\n");
}

TEST_CASE("all appliances show how many of their containers are as they should be") {
    auto dead = running("db");
    dead.state = plan::State::failed;
    CHECK(to_text({status("shop", plan::State::failed, {running("web"), dead}),
                   status("spark-livy", plan::State::running, {running("livy")})},
                  std::nullopt) ==
          "APPLIANCE   STATE    CONTAINERS\n"
          "shop        failed   1/2\n"
          "spark-livy  running  1/1\n");
}

TEST_CASE("an engine without appliances says so instead of a table of nothing") {
    CHECK(to_text(std::vector<plan::ApplianceStatus>{}, std::nullopt) ==
          "no appliances on this engine\n");
}

TEST_CASE("an IPv6 host stands in brackets before its port") {
    plan::Endpoint local = endpoint(8080, 80);
    CHECK(present::address(local) == "127.0.0.1:8080");
    local.host = "::1";
    CHECK(present::address(local) == "[::1]:8080");
}

TEST_CASE("a lost or unfinished record is worth a note, a current one is not") {
    auto shop = status("shop", plan::State::running, {});
    CHECK(present::note_on_record(shop).empty());
    shop.record = plan::ApplianceStatus::RecordState::unfinished;
    CHECK(present::note_on_record(shop) ==
          "the last `pivot up` of `shop` did not come to its end; run it again and it goes on");
    shop.record = plan::ApplianceStatus::RecordState::lost;
    CHECK(present::note_on_record(shop) ==
          "the record of `shop` is gone (volumes were pruned, perhaps): this is what is there; the "
          "next `pivot up` "
          "writes it again");
}
