#include "engine/version.hpp"

#include "catch.hpp"

TEST_CASE("a version of the API is two numbers, compared as numbers") {
    CHECK(engine::parse_version("1.41") == engine::ApiVersion{1, 41});
    CHECK(*engine::parse_version("1.9") < *engine::parse_version("1.10"));
    for (const auto* text :
         {"", "1", "1.", ".4", "1.4.1", "v1.4", "1.4 ", "-1.4", "1.-4", "1.99999999999"}) {
        INFO(text);
        CHECK_FALSE(engine::parse_version(text));
    }
}

TEST_CASE("the newest version that both sides speak is used") {
    CHECK(engine::settle_on({1, 41}) == engine::ApiVersion{1, 41});
    CHECK(engine::settle_on({1, 40}) == engine::oldest_spoken);
    CHECK(engine::settle_on({1, 60}) == engine::newest_spoken);
    CHECK(engine::settle_on({1, 39}) == std::nullopt);
}
