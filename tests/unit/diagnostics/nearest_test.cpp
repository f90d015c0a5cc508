#include "diagnostics/nearest.hpp"

#include "catch.hpp"

using diagnostics::edit_distance;
using diagnostics::nearest;

TEST_CASE("an edit is an insertion, a deletion, a change or a swap") {
    CHECK(edit_distance("port", "port") == 0);
    CHECK(edit_distance("port", "ports") == 1);
    CHECK(edit_distance("ports", "port") == 1);
    CHECK(edit_distance("part", "port") == 1);
    CHECK(edit_distance("prot", "port") == 1);
    CHECK(edit_distance("", "port") == 4);
}

TEST_CASE("letter case does not count") { CHECK(edit_distance("PORT", "port") == 0); }

TEST_CASE("the nearest is what was meant") {
    const std::vector<std::string_view> keys{"id",  "image", "instances",
                                             "cmd", "args",  "container_port"};
    CHECK(nearest("instnces", keys) == "instances");
    CHECK(nearest("imgae", keys) == "image");
    CHECK(nearest("containerPort", keys) == "container_port");
    CHECK(nearest("arg", keys) == "args");
    CHECK(nearest("ID", keys) == "id");
}

TEST_CASE("what is far from all is not guessed") {
    const std::vector<std::string_view> keys{"id", "image", "cmd"};
    CHECK(nearest("volumes", keys) == std::nullopt);
    CHECK(nearest("x", keys) == std::nullopt);
    CHECK(nearest("", keys) == std::nullopt);
    CHECK(nearest("id", {}) == std::nullopt);
}

TEST_CASE("a word of megabytes is told apart at once") {
    CHECK(nearest(std::string(10'000'000, 'x'), {"id", "image"}) == std::nullopt);
}
