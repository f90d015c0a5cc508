#include "unit/wrong_documents.hpp"

#include "appliance/read.hpp"
#include "catch.hpp"
#include "diagnostics/render.hpp"

namespace {

std::string answer_to(const std::string& document) {
    const diagnostics::Source source("appliance.json", document);
    const auto result = appliance::read(source);
    CHECK_FALSE(result.appliance);
    return render(result.diagnostics, source) + summary(result.diagnostics, source);
}

void check_file(const std::string& name) {
    wrong_documents::check_file("appliance/wrong/" + name + ".txt", answer_to);
}

}  // namespace

TEST_CASE("keys that do not belong are told what was meant") { check_file("keys"); }
TEST_CASE("what is not an appliance at all is told once") { check_file("foreign"); }
TEST_CASE("values out of their range are told what fits") { check_file("values"); }
TEST_CASE("ports that cannot be are told why") { check_file("ports"); }
TEST_CASE("names that mean nobody, or two things, are told") { check_file("names"); }
TEST_CASE("jobs and services are told what they cannot have") { check_file("jobs"); }
TEST_CASE("volumes that cannot be mounted are told why") { check_file("volumes"); }
TEST_CASE("health checks that cannot be made are told why") { check_file("health_checks"); }
TEST_CASE("processes that cannot run are told why") { check_file("processes"); }
TEST_CASE("powers that nobody can give are told") { check_file("powers"); }
