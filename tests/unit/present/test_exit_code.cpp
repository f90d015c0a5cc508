#include <csignal>

#include "catch.hpp"
#include "present/exit_code.hpp"

using present::exit_code_of;

TEST_CASE("each kind of failure has the exit code that is documented") {
    CHECK(exit_code_of(apply::Failure(apply::NotReady{})) == 1);
    const apply::ImageUnavailable missing{.image = "shop:2"};
    apply::ImageUnavailable unknown{.image = "shop:3",
                                    .why = apply::ImageUnavailable::Why::call_failed};
    unknown.error = engine::Broken{"POST /images/create", "closed"};
    CHECK(exit_code_of(apply::Failure(apply::ImagesUnavailable{{missing}})) == 1);
    CHECK(exit_code_of(apply::Failure(apply::ImagesUnavailable{{unknown, missing}})) == 1);
    CHECK(exit_code_of(apply::Failure(apply::ImagesUnavailable{{unknown}})) == 3);
    CHECK(exit_code_of(apply::Failure(apply::PortTaken{})) == 1);
    CHECK(exit_code_of(apply::Failure(apply::NameTaken{})) == 1);
    CHECK(exit_code_of(apply::Failure(apply::NoSuchAppliance{})) == 4);
    CHECK(exit_code_of(apply::Failure(apply::TimedOut{})) == 5);
    CHECK(exit_code_of(apply::Failure(apply::Interrupted{SIGINT, true})) == 130);
    CHECK(exit_code_of(apply::Failure(apply::Interrupted{SIGTERM, true})) == 143);
}

TEST_CASE("an engine that cannot be used is 3, one that refuses a call is not") {
    const auto of_call = [](engine::Error error) {
        return exit_code_of(apply::Failure(apply::CallFailed{"list containers", std::move(error)}));
    };
    CHECK(of_call(engine::Unreachable{}) == 3);
    CHECK(of_call(engine::VersionMismatch{}) == 3);
    CHECK(of_call(engine::Broken{}) == 3);
    CHECK(of_call(engine::Malformed{}) == 3);
    CHECK(of_call(engine::Refused{500, "it hurts"}) == 1);
    CHECK(of_call(engine::Refused{403, "network has active endpoints"}) == 1);
    CHECK(of_call(engine::Refused{403, "authorization denied by plugin opa"}) == 3);
}
