#include "engine/age.hpp"

#include "catch.hpp"

using engine::age_of;
using namespace std::chrono_literals;

TEST_CASE("an age counts from the start to the reply, by the engine's clock") {
    CHECK(age_of("2026-11-27T07:41:00.123456789Z", "Fri, 27 Nov 2026 07:42:05 GMT") == 65s);
    CHECK(age_of("2026-11-27T23:59:59Z", "Sat, 28 Nov 2026 00:00:00 GMT") == 1s);
    CHECK(age_of("2024-02-29T00:00:00Z", "Fri, 01 Mar 2024 00:00:00 GMT") == 24h);
}

TEST_CASE("a clock that was set back gives no negative age") {
    CHECK(age_of("2026-11-27T07:41:00Z", "Fri, 27 Nov 2026 07:40:00 GMT") == 0s);
}

TEST_CASE("what never started, or is no time, has no age") {
    CHECK(age_of("0001-01-01T00:00:00Z", "Fri, 27 Nov 2026 07:42:05 GMT") == std::nullopt);
    CHECK(age_of("", "Fri, 27 Nov 2026 07:42:05 GMT") == std::nullopt);
    CHECK(age_of("2026-11-27T07:41:00Z", "") == std::nullopt);
    CHECK(age_of("2026-11-27T07:41:00Z", "yesterday") == std::nullopt);
    CHECK(age_of("yesterday", "Fri, 27 Nov 2026 07:42:05 GMT") == std::nullopt);
}
