// The engine ends, or is killed, and starts again: while `up` runs and between two commands.

#include <chrono>
#include <cstdlib>

#include "catch.hpp"
#include "faults/proxy.hpp"
#include "faults/trial.hpp"

using namespace faults;
using support::container;
using support::Ended;

namespace {

using Clock = std::chrono::steady_clock;

// Of scripts/with-engine; empty on an engine that is not ours to end.
std::string engine_folder() {
    const char* folder = std::getenv("PIVOT_TEST_ENGINE_DIR");
    return folder == nullptr ? "" : folder;
}

void stop_engine(const std::string& signal) {
    REQUIRE(support::run({.command = {engine_folder() + "/stop", signal}}).code == 0);
}

void start_engine() { REQUIRE(support::run({.command = {engine_folder() + "/start"}}).code == 0); }

bool engine_runs() {
    try {
        (void)support::engine_get("/version");
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

Json document() {
    Json web = container("web");
    web["dependencies"] = {"db"};
    return {{"id", "restarted"}, {"containers", {web, container("db")}}};
}

// Nothing of the appliance before and after, and the engine runs again, whatever becomes of the
// test.
struct Undisturbed {
    Undisturbed() {
        wipe("restarted");
        others = everything_on_the_engine();
    }
    Undisturbed(const Undisturbed&) = delete;
    Undisturbed& operator=(const Undisturbed&) = delete;
    ~Undisturbed() {
        if (!engine_runs()) {
            (void)support::run({.command = {engine_folder() + "/start"}});
        }
        wipe("restarted");
    }

    [[nodiscard]] std::string difference() const {
        return differs("restarted", {.running = {"restarted.web.1", "restarted.db.1"}}, others)
            .value_or("");
    }

    std::set<std::string> others;
};

bool engine_is_ours() {
    if (engine_folder().empty()) {
        WARN("not tried: PIVOT_TEST_ENGINE_DIR does not say how to end the engine");
    }
    return !engine_folder().empty();
}

}  // namespace

TEST_CASE("an engine that ends while up waits fails up soon, and the next up converges") {
    if (!engine_is_ours()) {
        return;
    }
    const Undisturbed undisturbed;
    for (const std::string signal : {"TERM", "KILL"}) {
        CAPTURE(signal);
        const auto process = start(up(document(), {"--settle", "50s"}));
        process->wait_for_error_output("started web.1");
        stop_engine(signal);
        const auto begin = Clock::now();
        const Ended ended = process->wait();
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
        INFO(ended.err << "after " << took.count() << " ms");
        CHECK((ended.code == 1 || ended.code == 3));
        CHECK(ended.err.find("error: ") != std::string::npos);
        CHECK(took < std::chrono::seconds(15));  // much less than the settle time
        const Ended away = run(up(document()));
        CHECK(away.code == 3);
        CHECK(away.err.find("error: no Docker Engine ") != std::string::npos);
        start_engine();
        const Ended again = run(up(document()));
        INFO(again.err);
        CHECK(again.code == 0);
        CHECK(undisturbed.difference().empty());
        wipe("restarted");
    }
}

TEST_CASE("an engine that ends and starts again during a call does not make up hang or lie") {
    if (!engine_is_ours()) {
        return;
    }
    const Undisturbed undisturbed;
    int round = 0;
    for (const char* target : {"/networks/create", "/containers/create", "/start"}) {
        const std::string signal = round++ % 2 == 0 ? "KILL" : "TERM";
        Fault fault;
        fault.kind = Kind::delayed;
        fault.target = target;
        fault.delay = std::chrono::milliseconds(200);
        CAPTURE(target, signal);
        const Proxy proxy(fault);
        const auto process = start(up(document()), proxy.url());
        REQUIRE(proxy.log().wait_until_struck());
        stop_engine(signal);
        start_engine();
        const Ended ended = process->wait();
        INFO(ended.err << to_text(proxy.log().calls()));
        CHECK((ended.code == 0 || ended.code == 1 || ended.code == 3));
        if (ended.code == 0) {
            CHECK(undisturbed.difference().empty());
        } else {
            CHECK(ended.err.find("error: ") != std::string::npos);
        }
        const Ended again = run(up(document()));
        INFO(again.err);
        CHECK(again.code == 0);
        CHECK(undisturbed.difference().empty());
        wipe("restarted");
    }
}

TEST_CASE("after a restart of the engine between two commands up makes everything run again") {
    if (!engine_is_ours()) {
        return;
    }
    const Undisturbed undisturbed;
    for (const std::string signal : {"TERM", "KILL"}) {
        CAPTURE(signal);
        REQUIRE(run(up(document())).code == 0);
        stop_engine(signal);
        start_engine();
        const Ended again = run(up(document()));
        INFO(again.err);
        CHECK(again.code == 0);
        CHECK(undisturbed.difference().empty());
        const Ended status = run({{"status", "restarted"}});
        INFO(status.out);
        CHECK(status.code == 0);
    }
    CHECK(run(down("restarted")).code == 0);
    CHECK(differs("restarted", nothing(), undisturbed.others).value_or("").empty());
}

// What such an engine leaves behind keeps a container from starting ("task …: already exists"),
// however often one tries.
TEST_CASE("what an engine leaves that is killed in the middle of starts is made anew") {
    if (!engine_is_ours()) {
        return;
    }
    Json web = container("web");
    web["instances"] = 6;
    const Command command = up({{"id", "restarted"}, {"containers", {web}}});
    Goal goal;
    for (int i = 1; i <= 6; ++i) {
        goal.running.insert("restarted.web." + std::to_string(i));
    }
    const Undisturbed undisturbed;
    bool met = false;
    for (int round = 0; round < 10 && !met; ++round) {
        const auto process = start(command);
        process->wait_for_error_output("started web.");
        stop_engine("KILL");
        const Ended ended = process->wait();
        INFO(ended.err);
        CHECK((ended.code == 1 || ended.code == 3));
        start_engine();
        const Ended again = run(command);
        INFO(again.err);
        CHECK(again.code == 0);
        CHECK(differs("restarted", goal, undisturbed.others).value_or("").empty());
        met = again.err.find("it is made anew") != std::string::npos;
        wipe("restarted");
    }
    if (!met) {
        WARN("this engine left nothing behind in ten rounds");
    }
}
