#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "appliance/read.hpp"
#include "catch.hpp"
#include "diagnostics/render.hpp"

// What people see for documents with mistakes, whole. The files in wrong/ hold cases like this:
//
//     === title
//     the document, shown as appliance.json
//     ---
//     all that is said about it
//
// After a change of wording PIVOT_REGENERATE=1 writes the answers anew; read every one of them
// then.
namespace {

struct Case {
    std::string title;
    std::string document;
    std::string expected;
};

std::string path_of(const std::string& name) {
    return std::string(PIVOT_SOURCE_DIR) + "/tests/unit/appliance/wrong/" + name + ".txt";
}

std::vector<Case> read_cases(const std::string& path) {
    std::ifstream file(path);
    REQUIRE(file);
    std::vector<Case> cases;
    std::string Case::*part = nullptr;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("=== ")) {
            cases.push_back({line.substr(4), "", ""});
            part = &Case::document;
        } else if (line == "---") {
            part = &Case::expected;
        } else if (part != nullptr) {
            cases.back().*part += line + "\n";
        }
    }
    for (Case& each : cases) {
        each.expected.erase(each.expected.find_last_not_of('\n') + 1);
        each.expected += "\n";
    }
    return cases;
}

std::string answer_to(const std::string& document) {
    const diagnostics::Source source("appliance.json", document);
    const auto result = appliance::read(source);
    CHECK_FALSE(result.appliance);
    return render(result.diagnostics, source) + summary(result.diagnostics, source);
}

bool regenerate() { return std::getenv("PIVOT_REGENERATE") != nullptr; }

void check_file(const std::string& name) {
    const std::string path = path_of(name);
    const std::vector<Case> cases = read_cases(path);
    std::ostringstream regenerated;
    for (const Case& each : cases) {
        const std::string answer = answer_to(each.document);
        regenerated << "=== " << each.title << "\n" << each.document << "---\n" << answer << "\n";
        if (!regenerate()) {
            INFO(each.title);
            CHECK(answer == each.expected);
        }
    }
    if (regenerate()) {
        std::ofstream(path) << regenerated.str();
        FAIL("the answers in " << path << " were written anew: read them, then run the test again");
    }
}

}  // namespace

TEST_CASE("mistakes of syntax are told where they are") { check_file("syntax"); }
TEST_CASE("keys that do not belong are told what was meant") { check_file("keys"); }
TEST_CASE("documents of other programs are told apart once") { check_file("foreign"); }
TEST_CASE("values out of their range are told what fits") { check_file("values"); }
TEST_CASE("ports that cannot be are told why") { check_file("ports"); }
TEST_CASE("names that mean nobody, or two things, are told") { check_file("names"); }
TEST_CASE("jobs and services are told what they cannot have") { check_file("jobs"); }
TEST_CASE("volumes that cannot be mounted are told why") { check_file("volumes"); }
TEST_CASE("health checks that cannot be made are told why") { check_file("health_checks"); }
TEST_CASE("processes that cannot run are told why") { check_file("processes"); }
TEST_CASE("powers that nobody can give are told") { check_file("powers"); }
