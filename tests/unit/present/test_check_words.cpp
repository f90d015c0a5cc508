#include "catch.hpp"
#include "present/check_words.hpp"

TEST_CASE("of a check that says much the last lines are told, and how many are not") {
    apply::PendingCheck check;
    check.asked = "run";
    std::vector<std::string> told{"its check: `run`", "| (2 lines before these are left out)"};
    for (int i = 0; i < 22; ++i) {
        check.answer += "line " + std::to_string(i) + "\n";
        if (i >= 2) {
            told.push_back("| line " + std::to_string(i));
        }
    }
    CHECK(present::check_details(check) == told);
    check.answer = std::string(1000, 'x');
    CHECK(present::check_details(check) ==
          std::vector<std::string>{"its check: `run`",
                                   "| " + std::string(299, 'x') + "… (701 more characters)"});
}

TEST_CASE("what a check says comes to the live display without its escapes") {
    apply::PendingCheck check;
    check.asked = "run";
    check.answer = "first\n\x1b[31mno\x1b[0m \x1b]0;title\x07\x1b[2Jdatabase\r\n";
    CHECK(present::waiting_for_check(check) ==
          R"(waiting for its command check (no \x1b]0;title\x07\x1b[2Jdatabase))");
    check.answer = "";
    CHECK(present::waiting_for_check(check) == "waiting for its command check");
}
