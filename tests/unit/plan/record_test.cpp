#include "plan/record.hpp"

#include "catch.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;

TEST_CASE("a record reads back as it was written") {
    World world({service("web", {"db"}), service("db")});
    world.container("web").instances = 2;
    world.container("web").ports = {{80, 8080, appliance::Protocol::udp, "dns", "127.0.0.1", {}}};
    world.container("web").env["SECRET"] = "hunter2";
    world.container("web").minimum_capacity = 0.5;
    world.container("web").health_check = appliance::HealthCheck{
        .probe = appliance::HttpCheck{appliance::HttpCheck::Scheme::https, 80, "/ready"}};
    world.container("db").network_mode = appliance::NetworkMode::host;
    world.container("db").restart = {appliance::Restart::Policy::on_failure, 3};
    world.container("db").health_check =
        appliance::HealthCheck{.probe = appliance::CommandCheck{"psql hunter2"}};
    const Record record = world.record();
    CHECK(parse_record(to_text(record)) == record);
    CHECK(to_text(record).find("hunter2") == std::string::npos);
    CHECK(parse_entry(to_text(record.containers[0])) == record.containers[0]);
}

TEST_CASE("what is no record is none") {
    const char* texts[] = {
        "",
        "{",
        "[]",
        "{}",
        R"({"schema":2,"containers":[]})",
        R"({"schema":1})",
        R"({"schema":1,"containers":[{"id":7}]})",
        R"({"schema":1,"containers":[{"id":"a","type":"thing","image":"","instances":1,)"
        R"("fingerprint":"","needs":[],"ports":[]}]})"};
    for (const char* text : texts) {
        CAPTURE(text);
        CHECK(parse_record(text) == std::nullopt);
    }
    CHECK(parse_record(R"({"schema":1,"containers":[]})") == Record{});
}

TEST_CASE("a record's revision is read from its name and from no other name") {
    const ApplianceId shop("shop");
    CHECK(record_revision(shop, record_name(shop, 12)) == 12);
    for (const char* name : {"pivot.shop.", "pivot.shop.0", "pivot.shop.01", "pivot.shop.1x",
                             "pivot.shops.1", "shop.data", "pivot.shop.99999999999999999999"}) {
        CAPTURE(name);
        CHECK(record_revision(shop, name) == std::nullopt);
    }
}
