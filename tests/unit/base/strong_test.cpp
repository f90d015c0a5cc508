#include "base/strong.hpp"

#include <unordered_set>

#include "catch.hpp"

using Name = base::Strong<struct NameTag>;

TEST_CASE("a strong string compares, hashes and prints as its text") {
    CHECK(Name("a") < Name("b"));
    CHECK(Name("a") == Name("a"));
    CHECK(std::unordered_set<Name>{Name("a"), Name("a"), Name("b")}.size() == 2);
    CHECK(fmt::format("{}", Name("a")) == "a");
}
