#include "catch.hpp"
#include "present/check_words.hpp"

TEST_CASE("what a check says comes to the live display without its escapes") {
    apply::PendingCheck check;
    check.asked = "run";
    check.answer = "first\n\x1b[31mno\x1b[0m \x1b]0;title\x07\x1b[2Jdatabase\r\n";
    CHECK(present::waiting_for_check(check) ==
          R"(waiting for its command check (no \x1b]0;title\x07\x1b[2Jdatabase))");
    check.answer = "";
    CHECK(present::waiting_for_check(check) == "waiting for its command check");
}
