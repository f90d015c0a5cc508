#include <csignal>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "apply/not_ready.hpp"
#include "catch.hpp"
#include "present/json_report.hpp"
#include "present/problem.hpp"
#include "unit/present/values.hpp"

using namespace values;
using namespace present;

namespace {

std::string json(const Problems& problems) {
    return report_json(1, Json::object(), problems)["errors"].dump();
}

std::vector<std::string> codes_of(const apply::Failure& failure) {
    std::vector<std::string> codes;
    const Subject subject{Subject::Command::up, appliance::ApplianceId("shop"), nullptr, nullptr};
    for (const Problem& problem : problems_of(failure, subject)) {
        codes.emplace_back(word(problem.code));
    }
    return codes;
}

using Codes = std::vector<std::string>;
using How = apply::InstanceFailed::How;

apply::InstanceFailed failed(const std::string& name, How how) {
    apply::InstanceFailed failure;
    failure.instance = instance(name);
    failure.how = how;
    return failure;
}

}  // namespace

TEST_CASE("the codes are those that the README lists, and no two are the same") {
    std::ifstream file(PIVOT_SOURCE_DIR "/README.md");
    std::stringstream text;
    text << file.rdbuf();
    std::vector<std::string> codes;
    for (int i = 0; i <= static_cast<int>(ErrorCode::terminated); ++i) {
        const std::string code(word(static_cast<ErrorCode>(i)));
        INFO(code);
        CHECK(text.str().find("`" + code + "`") != std::string::npos);
        CHECK(code.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos);
        CHECK(std::find(codes.begin(), codes.end(), code) == codes.end());
        codes.push_back(code);
    }
    CHECK(codes.size() == 34);
}

TEST_CASE("a failure has the code of its kind") {
    using Why = engine::Unreachable::Why;
    const auto call = [](engine::Error error) {
        return codes_of(apply::CallFailed{"list the containers", std::move(error)});
    };
    CHECK(call(engine::Unreachable{Why::refused, "unix:///a", ""}) == Codes{"engine-unreachable"});
    CHECK(call(engine::Unreachable{Why::permission_denied, "", ""}) ==
          Codes{"engine-access-denied"});
    CHECK(call(engine::Unreachable{Why::unusable_address, "", ""}) ==
          Codes{"engine-address-unusable"});
    CHECK(call(engine::VersionMismatch{}) == Codes{"engine-version-unsupported"});
    CHECK(call(engine::Refused{500, "no"}) == Codes{"engine-refused"});
    CHECK(call(engine::Refused{401, "no"}) == Codes{"engine-access-denied"});
    CHECK(call(engine::Broken{}) == Codes{"engine-connection-broken"});
    CHECK(call(engine::Malformed{}) == Codes{"engine-reply-malformed"});
    CHECK(codes_of(apply::NoSuchAppliance{}) == Codes{"no-such-appliance"});
    apply::ImageUnavailable image;
    CHECK(codes_of(apply::ImagesUnavailable{{image}}) == Codes{"image-pull-failed"});
    image.why = apply::ImageUnavailable::Why::never_pulled;
    CHECK(codes_of(apply::ImagesUnavailable{{image}}) == Codes{"image-missing"});
    CHECK(codes_of(apply::PortTaken{}) == Codes{"host-port-taken"});
    CHECK(codes_of(apply::NameTaken{}) == Codes{"name-taken"});
    CHECK(codes_of(apply::Renamed{}) == Codes{"container-renamed"});
    CHECK(codes_of(apply::NetworkInUse{}) == Codes{"network-in-use"});
    CHECK(codes_of(apply::UnknownState{}) == Codes{"container-state-unknown"});
    CHECK(codes_of(apply::HostFoldersMissing{{apply::HostFolderMissing{}}}) ==
          Codes{"host-folder-missing"});
    CHECK(codes_of(apply::SubnetTooSmall{}) == Codes{"subnet-too-small"});
    CHECK(codes_of(apply::GoalMissed{{plan::ContainerStatus{}}}) == Codes{"not-in-goal-state"});
    CHECK(codes_of(apply::NotGone{{"shop.web.1"}}) == Codes{"still-there"});
    CHECK(codes_of(apply::TimedOut{}) == Codes{"timed-out"});
    CHECK(codes_of(apply::TakenOver{}) == Codes{"taken-over"});
    CHECK(codes_of(apply::Interrupted{SIGINT}) == Codes{"interrupted"});
    CHECK(codes_of(apply::Interrupted{SIGTERM}) == Codes{"terminated"});
    apply::InstanceFailed killed = failed("a", How::exited);
    killed.oom_killed = true;
    CHECK(codes_of(apply::NotReady{{failed("a", How::exited), killed, failed("b", How::unhealthy),
                                    failed("c", How::removed), failed("d", How::start_refused),
                                    failed("e", How::create_refused)},
                                   {}}) ==
          Codes{"container-exited", "container-out-of-memory", "container-unhealthy",
                "container-removed", "container-start-refused", "container-create-refused"});
}

TEST_CASE("what was not started stands with what it needs, the rest with the first that failed") {
    const appliance::Appliance shop = appliance_of(
        "shop", {container("db"), container("cache"), container("web", "w", {id("db")}),
                 container("proxy", "p", {id("web"), id("cache")}), container("mail")});
    const diagnostics::Source source("shop.json", "{\n}");
    apply::InstanceFailed db = failed("db", How::exited);
    db.exit_code = 7;
    const apply::NotReady failure = apply::not_ready(shop, {db, failed("cache", How::removed)},
                                                     {id("web"), id("proxy"), id("mail")});
    const Problems problems = problems_of(failure, {Subject::Command::up, shop.id, &shop, &source});
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].container == "db");
    CHECK(problems[0].exit_code == 7);
    CHECK(problems[0].blocks == Codes{"web", "proxy", "mail"});
    CHECK(problems[1].container == "cache");
    CHECK(problems[1].blocks == Codes{"proxy"});
}

TEST_CASE("a time limit is an error for each container that is not ready, and said once") {
    const appliance::Appliance shop = appliance_of("shop", {container("db"), container("web")});
    apply::TimedOut failure;
    failure.limit = std::chrono::seconds(5);
    failure.unfinished = {id("db"), id("web")};
    failure.checks = {{id("web"), std::string("test -e /ready"), "not yet\n"}};
    const Problems problems = problems_of(failure, {Subject::Command::up, shop.id, &shop, nullptr});
    CHECK(messages_of(problems).size() == 1);
    CHECK(
        json(problems) ==
        R"~([{"code":"timed-out","message":"`db`, `web` are not ready after 5 s (--timeout)",)~"
        R"~("hint":"what runs was left running; run `pivot up` again to go on waiting, or allow more time",)~"
        R"~("container":"db"},)~"
        R"~({"code":"timed-out","message":"`db`, `web` are not ready after 5 s (--timeout)",)~"
        R"~("hint":"what runs was left running; run `pivot up` again to go on waiting, or allow more time",)~"
        R"~("container":"web","check":{"asked":"`test -e /ready`","answer":"not yet"}}])~");
}

TEST_CASE("errors of a document have both ends of their place, warnings are no errors") {
    const diagnostics::Source source("a.json", "{\n  \"cpus\": 4\n}");
    CHECK(
        json(problems_of({{diagnostics::Severity::warning, "hm", std::nullopt, ""},
                          {diagnostics::Severity::error, "bad", diagnostics::Span{4, 10}, "do"},
                          {diagnostics::Severity::error, "worse", std::nullopt, ""}},
                         source)) ==
        R"([{"code":"document-invalid","message":"bad","hint":"do","file":"a.json","line":2,)"
        R"("column":3,"end_line":2,"end_column":9},{"code":"document-invalid","message":"worse"}])");
}

TEST_CASE("what is not in its goal state is an error with its reason") {
    auto db = running("db");
    db.state = plan::State::failed;
    db.reason = "exit code 7";
    auto load = running("load");
    load.type = appliance::ContainerType::job;
    CHECK(
        json(problems_of(status("shop", plan::State::failed, {running("web"), db, load}))) ==
        R"([{"code":"not-in-goal-state","message":"`db` is failed: exit code 7","appliance":"shop","container":"db"},)"
        R"({"code":"not-in-goal-state","message":"`load` is running","appliance":"shop","container":"load"}])");
}

TEST_CASE("a report is the frame, the result and the errors, and without errors there is no list") {
    CHECK(report_json(0, {{"id", "shop"}}, {}).dump() ==
          R"({"schema":1,"pivot":"0.1.0","exit_code":0,"id":"shop"})");
}
