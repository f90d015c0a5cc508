// The proxy itself: what a fault keeps from the engine, and what it does not.

#include "faults/proxy.hpp"

#include "catch.hpp"
#include "faults/trial.hpp"

using namespace faults;

namespace {

support::Ended up_through(const Proxy& proxy) {
    const Command command =
        up({{"id", "proxied"}, {"containers", {support::container("web")}}}, {"--settle", "0"});
    return run(command, proxy.url());
}

struct Outcome {
    int code;
    bool engine_made_it;
    int status_in_the_log;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
    return out << "exit " << outcome.code << ", record made: " << outcome.engine_made_it
               << ", status " << outcome.status_in_the_log;
}

// What becomes of the call that makes the record.
Outcome of_the_record(Kind kind) {
    wipe("proxied");
    Fault fault;
    fault.kind = kind;
    fault.target = "/volumes/create";
    const Proxy proxy(fault);
    const support::Ended ended = up_through(proxy);
    const std::vector<Call> calls = proxy.log().calls();
    const auto struck =
        std::find_if(calls.begin(), calls.end(), [](const Call& call) { return call.struck; });
    INFO(to_text(kind) << "\n" << ended.err << to_text(calls));
    REQUIRE(struck != calls.end());
    CHECK(struck->method == "POST");
    const Outcome outcome{ended.code, !support::belongings("proxied")["volumes"].empty(),
                          struck->status};
    wipe("proxied");
    return outcome;
}

}  // namespace

TEST_CASE(
    "the engine never hears of a call that a fault comes before, and does one that it follows") {
    CHECK(of_the_record(Kind::closed_before) == Outcome{3, false, 0});
    CHECK(of_the_record(Kind::closed_after) == Outcome{3, true, 201});
    CHECK(of_the_record(Kind::delayed) == Outcome{0, true, 201});
    CHECK(of_the_record(Kind::status_500) == Outcome{1, false, 0});
    CHECK(of_the_record(Kind::status_503) == Outcome{1, false, 0});
    CHECK(of_the_record(Kind::no_http) == Outcome{3, false, 0});
    CHECK(of_the_record(Kind::half_a_reply) == Outcome{3, true, 201});
    CHECK(of_the_record(Kind::endless_reply) == Outcome{3, false, 0});
    CHECK(of_the_record(Kind::killed_before) == Outcome{137, false, 0});
    CHECK(of_the_record(Kind::killed_after) == Outcome{137, true, 201});
}

TEST_CASE("every call of a run is seen, those of one connection and those of many") {
    wipe("proxied");
    const Proxy proxy;
    const Command command = up({{"id", "proxied"}, {"containers", {support::container("web")}}},
                               {"--settle", "0", "-v"});
    const support::Ended ended = run(command, proxy.url());
    REQUIRE(ended.code == 0);
    const std::vector<Call> calls = proxy.log().calls();
    for (const Call& call : calls) {
        // `-v` shows a target without the version.
        const std::string target = call.target.starts_with("/v")
                                       ? call.target.substr(call.target.find('/', 1))
                                       : call.target;
        INFO(call.target << "\n" << ended.err);
        CHECK(ended.err.find(call.method + " " + target) != std::string::npos);
        CHECK(call.status >= 200);
    }
    const auto lines_of_calls = [&](const std::string& method) {
        std::size_t count = 0;
        for (std::size_t at = ended.err.find(method + " /"); at != std::string::npos;
             at = ended.err.find(method + " /", at + 1)) {
            ++count;
        }
        return count;
    };
    CHECK(calls.size() ==
          lines_of_calls("GET") + lines_of_calls("POST") + lines_of_calls("DELETE"));
    wipe("proxied");
}
