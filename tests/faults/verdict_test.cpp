// The last look decides: what the engine said to each call is not enough.

#include "catch.hpp"
#include "faults/halfway.hpp"
#include "faults/proxy.hpp"

using namespace faults;
using support::container;
using support::Ended;

namespace {

// The engine says that it did what it did not do.
Fault lie(const std::string& target, const std::string& status) {
    Fault answered = fault(Kind::answered, target);
    answered.call = 0;
    answered.reply = "HTTP/1.1 " + status + "\r\nContent-Length: 4\r\n\r\njunk";
    return answered;
}

}  // namespace

TEST_CASE("an engine that says it started what it did not start fails an up") {
    const Halfway junk("half-junk");
    const Proxy proxy(lie("/start", "200 OK"));
    const Ended up = run(junk.up(container("web"), {"-o", "json"}), proxy.url());
    INFO(up.err << up.out);
    CHECK(up.code == 1);
    const Json told = Json::parse(up.out);
    CHECK(told["state"] == "pending");
    CHECK(told["exit_code"] == 1);
    CHECK(told["errors"][0]["code"] == "not-in-goal-state");
    CHECK(told["errors"][0]["message"] == "`web` is pending");
}

TEST_CASE("so it does where up does not wait") {
    const Halfway junk("half-junk-start");
    const Proxy proxy(lie("/start", "200 OK"));
    const Ended up = run(junk.up(container("web"), {"--no-wait"}), proxy.url());
    INFO(up.err << up.out);
    CHECK(up.code == 1);
    CHECK(up.err.find("error: `web` is pending\n") != std::string::npos);
}

TEST_CASE("an engine that says it removed what is still there fails a down") {
    const Halfway junk("half-junk-down");
    REQUIRE(run(junk.up(container("web"))).code == 0);
    const Proxy proxy(lie("force=1", "204 No Content"));
    const Ended down = run({{"down", "half-junk-down"}}, proxy.url());
    INFO(down.err << down.out);
    CHECK(down.code == 1);
    CHECK(down.err.find("`half-junk-down.web.1`") != std::string::npos);
    CHECK(down.err.find("still there\n") != std::string::npos);
}
