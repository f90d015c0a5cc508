#include <string>

#include "catch.hpp"
#include "present/progress_lines.hpp"
#include "unit/present/plans.hpp"

using namespace std::chrono_literals;
using namespace values;
using present::LineProgress;
using present::Progress;

namespace {

// What a listener writes, with a clock that stands until it is set.
struct Log {
    std::string text;
    std::chrono::microseconds now{0};

    present::Sink sink() {
        return [this](std::string_view more) { text += more; };
    }
    present::Clock clock() {
        return [this] { return now; };
    }
    static std::string words(const diagnostics::Diagnostic& diagnostic) {
        return diagnostic.message + "\n";
    }
};

}  // namespace

TEST_CASE("off a terminal an up writes a line for each pull and each start") {
    const plans::TwoServices two;
    Log log;
    LineProgress progress(log.sink(), Log::words, log.clock());
    progress.on(apply::PullBegan{"nginx"});
    progress.on(apply::PullAdvanced{"nginx", 10, 20});
    progress.on(apply::PullEnded{"nginx", 41200ms});
    progress.on(apply::Planned{&two.plan, &two.appliance});
    progress.on(apply::StepEnded{&two.plan.steps[two.create_db], 20ms});
    progress.on(apply::StepBegan{&two.plan.steps[two.start_db]});
    progress.on(apply::StepEnded{&two.plan.steps[two.start_db], 310ms});
    progress.on(apply::ContainerReady{id("db")});
    progress.on(apply::StepEnded{&two.plan.steps[two.start_web], 290ms});
    progress.finish(Progress::Outcome::reached);
    CHECK(log.text ==
          "pulling nginx\n"
          "pulled nginx (41.2 s)\n"
          "started db.1 (0.31 s)\n"
          "started web.1 (0.29 s)\n");
}

TEST_CASE("off a terminal a pull says every 30 s where it is") {
    Log log;
    LineProgress progress(log.sink(), Log::words, log.clock());
    progress.on(apply::PullBegan{"nginx"});
    log.now = 10s;
    progress.on(apply::PullBegan{"postgres"});
    const auto tick_at = [&](std::chrono::microseconds now) {
        log.now = now;
        progress.tick();
    };
    tick_at(29s);
    progress.on(apply::PullAdvanced{"nginx", 34'000'000, 117'500'000});
    tick_at(30s);
    tick_at(31s);
    tick_at(40s);
    tick_at(59s);
    progress.on(apply::PullAdvanced{"nginx", 117'500'000, 117'500'000});
    tick_at(60s);
    progress.on(apply::PullEnded{"nginx", 60s});
    tick_at(200s);
    CHECK(log.text ==
          "pulling nginx\n"
          "pulling postgres\n"
          "still pulling nginx: 34 of 118 MB (30.0 s)\n"
          "still pulling postgres (30.0 s)\n"
          "still pulling nginx: 118 of 118 MB (60.0 s)\n"
          "pulled nginx (60.0 s)\n"
          "still pulling postgres (3 min 10 s)\n");
    CHECK(progress.tick_interval() <= 1s);
}

TEST_CASE("a job has a line when it has finished, with the time it ran") {
    const appliance::Appliance shop = appliance_of("shop", {job("migrate")});
    plan::Plan plan;
    const auto start = plan.add(plan::StartInstance{instance("migrate"), ""}, {});
    Log log;
    LineProgress progress(log.sink(), Log::words, log.clock());
    progress.on(apply::Planned{&plan, &shop});
    log.now = 1s;
    progress.on(apply::StepEnded{&plan.steps[start], 200ms});
    log.now = 3500ms;
    progress.on(apply::ContainerReady{id("migrate")});
    CHECK(log.text ==
          "started migrate.1 (0.20 s)\n"
          "finished migrate (2.50 s)\n");
}

TEST_CASE("a replaced instance is stopped and started, not removed, and one that left is removed") {
    const appliance::Appliance shop = appliance_of("shop", {container("web")});
    plan::Plan plan;
    const auto stop = plan.add(plan::StopInstance{instance("web"), "w"}, {});
    const auto remove = plan.add(plan::DeleteInstance{instance("web"), "w"}, {stop});
    const auto create = plan.add(plan::CreateInstance{instance("web")}, {remove});
    const auto start = plan.add(plan::StartInstance{instance("web"), ""}, {create});
    const auto remove_old = plan.add(plan::DeleteInstance{instance("old"), "o"}, {start});
    Log log;
    LineProgress progress(log.sink(), Log::words, log.clock());
    progress.on(apply::Planned{&plan, &shop});
    for (const auto step : {stop, remove, create, start, remove_old}) {
        progress.on(apply::StepEnded{&plan.steps[step], 100ms});
    }
    CHECK(log.text ==
          "stopped web.1 (0.10 s)\n"
          "started web.1 (0.10 s)\n"
          "removed old.1 (0.10 s)\n");
}

TEST_CASE("a down tells instances that stop together in one line") {
    const plans::Teardown down;
    Log log;
    LineProgress progress(log.sink(), Log::words, log.clock());
    progress.on(apply::Planned{&down.plan, nullptr});
    progress.on(apply::StepEnded{&down.plan.steps[down.stop_worker], 400ms});
    progress.on(apply::StepEnded{&down.plan.steps[down.delete_worker], 20ms});
    progress.on(apply::StepEnded{&down.plan.steps[down.stop_livy], 300ms});
    progress.on(apply::StepEnded{&down.plan.steps[down.delete_livy], 20ms});
    progress.on(apply::StepEnded{&down.plan.steps[down.stop_master], 200ms});
    progress.on(apply::StepEnded{&down.plan.steps[down.delete_master], 20ms});
    progress.finish(Progress::Outcome::reached);
    CHECK(log.text ==
          "stopped livy.1, spark-worker.1 (0.40 s)\n"
          "stopped spark-master.1 (0.20 s)\n");
}

TEST_CASE("a down that did not come to its end tells what has stopped") {
    const plans::Teardown down;
    Log log;
    LineProgress progress(log.sink(), Log::words, log.clock());
    progress.on(apply::Planned{&down.plan, nullptr});
    progress.on(apply::StepEnded{&down.plan.steps[down.stop_worker], 400ms});
    progress.finish(Progress::Outcome::failed);
    CHECK(log.text == "stopped spark-worker.1 (0.40 s)\n");
}

TEST_CASE("warnings are told in lines as in quiet") {
    const diagnostics::Diagnostic warning{diagnostics::Severity::warning, "too many cpus",
                                          std::nullopt, ""};
    Log lines;
    LineProgress(lines.sink(), Log::words, lines.clock()).on(apply::Noticed{warning});
    CHECK(lines.text == "too many cpus\n");
    Log quiet;
    present::QuietProgress progress(quiet.sink(), Log::words);
    progress.on(apply::PullBegan{"nginx"});
    progress.on(apply::Noticed{warning});
    CHECK(quiet.text == "too many cpus\n");
}

TEST_CASE("an image's name reaches no log raw") {
    Log log;
    LineProgress(log.sink(), Log::words, log.clock()).on(apply::PullBegan{"\x1b[2Jnginx"});
    CHECK(log.text == "pulling \\x1b[2Jnginx\n");
}
