#include "diagnostics/problems.hpp"

#include "catch.hpp"

using diagnostics::Problems;

TEST_CASE("problems come in the order of the document, those of the whole first") {
    Problems problems;
    problems.error("second", {7, 8}, "");
    problems.note("first", {2, 3}, "");
    problems.error("third", {7, 9}, "");
    problems.error("all of it", "");
    std::vector<std::string> messages;
    for (const auto& each : std::move(problems).in_document_order()) {
        messages.push_back(each.message);
    }
    CHECK(messages == std::vector<std::string>{"all of it", "first", "second", "third"});
}
