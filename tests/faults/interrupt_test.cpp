// SIGINT and SIGTERM at any call: the right exit code, and the next `up` goes on.

#include <chrono>

#include "catch.hpp"
#include "faults/proxy.hpp"
#include "faults/trial.hpp"

using namespace faults;
using support::container;

namespace {

Json document(const std::string& colour) {
    Json web = container("web");
    web["env"] = {{"COLOUR", colour}};
    web["dependencies"] = {"db"};
    return {{"id", "signalled"}, {"containers", {web, container("db")}}};
}

Goal whole(const std::string& colour) {
    return {.running = {"signalled.web.1", "signalled.db.1"},
            .environment = {{"signalled.web.1", "COLOUR=" + colour}}};
}

struct Wiped {
    Wiped() { wipe("signalled"); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped() { wipe("signalled"); }
};

int count_calls(const Command& command) {
    const Proxy proxy;
    REQUIRE(run(command, proxy.url()).code == 0);
    return static_cast<int>(proxy.log().calls().size());
}

}  // namespace

TEST_CASE("a signal at any call ends up with its code, and the next up goes on") {
    const Wiped wiped;
    const std::set<std::string> others = everything_on_the_engine();
    REQUIRE(run(up(document("green"))).code == 0);
    const int calls = count_calls(up(document("red"), {"--settle", "0"}));
    // A stride that shares no factor with most counts visits every call in some order.
    const int rounds = which_cases() == Which::all ? calls : 8;
    std::string colour = "blue";
    for (int round = 0; round < rounds; ++round) {
        Fault fault;
        fault.kind = Kind::signalled;
        fault.signal = round % 2 == 0 ? SIGINT : SIGTERM;
        fault.delay = std::chrono::milliseconds(50);
        fault.call = 1 + (rounds == calls ? round : round * calls / rounds);
        const Command command = up(document(colour), {"--settle", "0"});
        support::Ended ended;
        std::vector<Call> seen;
        {
            const Proxy proxy(fault);
            ended = run(command, proxy.url());
            seen = proxy.log().calls();
        }
        INFO("signal " << fault.signal << " at call " << fault.call << "\n"
                       << ended.err << to_text(seen));
        if (ended.code == 0) {  // it came too late
            CHECK(differs("signalled", whole(colour), others).value_or("").empty());
            CHECK(fault.call > calls / 2);
        } else {
            CHECK(ended.code == 128 + fault.signal);
        }
        const support::Ended again = run(command);
        INFO(again.err);
        CHECK(again.code == 0);
        CHECK(differs("signalled", whole(colour), others).value_or("").empty());
        colour = colour == "blue" ? "red" : "blue";
    }
}

TEST_CASE("a second signal ends up at once, whatever call is in flight") {
    const Wiped wiped;
    const std::set<std::string> others = everything_on_the_engine();
    for (const char* target :
         {"/volumes/create", "/networks/create", "/containers/create", "/start"}) {
        Fault fault;
        fault.kind = Kind::signalled;
        fault.signal = SIGINT;
        fault.target = target;
        fault.delay = std::chrono::seconds(30);
        const Proxy proxy(fault);
        const Command command = up(document("red"));
        const auto process = start(command, proxy.url());
        REQUIRE(proxy.log().wait_until_struck());
        process->wait_until_taken(SIGINT);
        const auto begin = std::chrono::steady_clock::now();
        process->signal(SIGINT);
        const support::Ended ended = process->wait();
        const auto took = std::chrono::steady_clock::now() - begin;
        INFO(target << "\n" << ended.err);
        CHECK(ended.code == 130);
        CHECK(took < std::chrono::seconds(3));
        CHECK(run(command).code == 0);
        CHECK(differs("signalled", whole("red"), others).value_or("").empty());
        (void)run(down("signalled"));
    }
}

TEST_CASE("a signal while down runs leaves what the next down removes") {
    const Wiped wiped;
    const std::set<std::string> others = everything_on_the_engine();
    for (const int call : {1, 3, 5, 7, 9}) {
        REQUIRE(run(up(document("red"))).code == 0);
        Fault fault;
        fault.kind = Kind::signalled;
        fault.signal = SIGTERM;
        fault.call = call;
        fault.delay = std::chrono::milliseconds(50);
        const Proxy proxy(fault);
        const support::Ended ended = run(down("signalled"), proxy.url());
        INFO("call " << call << "\n" << ended.err << to_text(proxy.log().calls()));
        CHECK((ended.code == 143 || ended.code == 0));
        const int next = run(down("signalled")).code;
        CHECK((next == 0 || next == 4));
        CHECK(differs("signalled", nothing(), others).value_or("").empty());
    }
}
