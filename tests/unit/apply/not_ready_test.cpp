#include "apply/not_ready.hpp"

#include <map>

#include "catch.hpp"

using apply::ContainerId;
using apply::InstanceFailed;

namespace {

using Ids = std::vector<ContainerId>;

// `web` needs `db`, `proxy` needs `web`, `report` needs `db` and `queue`; `other` needs nothing.
const appliance::Appliance shop = [] {
    appliance::Appliance appliance;
    const auto add = [&](const char* id, Ids needs) {
        appliance::Container container;
        container.id = ContainerId(id);
        container.needs = std::move(needs);
        container.where = {appliance.containers.size(), appliance.containers.size() + 1};
        appliance.containers.push_back(std::move(container));
    };
    add("db", {});
    add("queue", {});
    add("web", {ContainerId("db")});
    add("proxy", {ContainerId("web")});
    add("report", {ContainerId("db"), ContainerId("queue")});
    add("other", {});
    return appliance;
}();

InstanceFailed failed(const char* id, int number = 1) {
    InstanceFailed failure;
    failure.instance = {ContainerId(id), number};
    return failure;
}

// What each of them kept from starting; what nobody did stands under an empty name.
std::map<std::string, Ids> blocked(std::vector<InstanceFailed> all, const Ids& not_started) {
    const apply::NotReady result = apply::not_ready(shop, std::move(all), not_started);
    std::map<std::string, Ids> text{{"", result.not_started}};
    for (const InstanceFailed& one : result.failed) {
        text[plan::to_string(one.instance)] = one.not_started;
    }
    return text;
}

Ids ids(std::initializer_list<const char*> names) { return {names.begin(), names.end()}; }

}  // namespace

TEST_CASE("what was not started stands with what it needs, directly or not") {
    CHECK(blocked({failed("queue"), failed("db")}, ids({"web", "proxy", "report"})) ==
          std::map<std::string, Ids>{
              {"", {}}, {"queue.1", ids({"report"})}, {"db.1", ids({"web", "proxy", "report"})}});
}

TEST_CASE("what failed itself was not kept from starting") {
    CHECK(
        blocked({failed("db"), failed("web")}, ids({"web", "proxy"})) ==
        std::map<std::string, Ids>{{"", {}}, {"db.1", ids({"proxy"})}, {"web.1", ids({"proxy"})}});
}

TEST_CASE("of several instances the first is told of it") {
    CHECK(blocked({failed("db", 1), failed("db", 2)}, ids({"web"})) ==
          std::map<std::string, Ids>{{"", {}}, {"db.1", ids({"web"})}, {"db.2", {}}});
}

TEST_CASE("what needs nothing that failed is not blamed on anybody") {
    CHECK(blocked({failed("db")}, ids({"other"})) ==
          std::map<std::string, Ids>{{"", ids({"other"})}, {"db.1", {}}});
}

TEST_CASE("what failed has its place in the document") {
    const auto result = apply::not_ready(shop, {failed("queue")}, {});
    CHECK(result.failed.at(0).where == diagnostics::Span{1, 2});
}
