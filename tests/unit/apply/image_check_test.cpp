#include "apply/translate.hpp"
#include "catch.hpp"

namespace {

using Test = std::vector<std::string>;

// The check that the engine is given; nothing: that of the image.
std::optional<Test> check_of(const appliance::Container& container) {
    const auto create =
        apply::to_engine(container, {container.id, 1}, plan::Role::instance, {}, {});
    return create.healthcheck ? std::optional(create.healthcheck->test) : std::nullopt;
}

}  // namespace

TEST_CASE("the image's own check applies until the document has one or switches it off") {
    appliance::Container web;
    web.id = appliance::ContainerId("web");
    CHECK(check_of(web) == std::nullopt);
    web.image_check = appliance::ImageCheck::off;
    CHECK(check_of(web) == Test{"NONE"});
    web.image_check = appliance::ImageCheck::applies;
    web.health_check.emplace().probe = appliance::TcpCheck{80};
    CHECK(check_of(web) == Test{"NONE"});
    web.health_check->probe = appliance::CommandCheck{"true"};
    CHECK(check_of(web) == Test{"CMD-SHELL", "true"});
}
