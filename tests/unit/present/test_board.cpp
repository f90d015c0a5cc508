#include "catch.hpp"
#include "present/board.hpp"
#include "unit/present/plans.hpp"

using namespace std::chrono_literals;
using namespace values;
using present::Board;
using present::BoardRow;
using present::Progress;
using Mark = BoardRow::Mark;

namespace present {

std::ostream& operator<<(std::ostream& out, const BoardRow& row) {
    return out << row.name << " [" << static_cast<int>(row.mark) << "] " << row.doing << " "
               << row.time.count();
}

}  // namespace present

TEST_CASE("before the plan is made the board has the containers whose image is being pulled") {
    const plans::TwoServices two;
    Board board(&two.appliance);
    CHECK(board.rows(0s).empty());
    board.hear(apply::PullBegan{"nginx"}, 0s);
    CHECK(board.rows(1s) == std::vector<BoardRow>{{"web", Mark::working, "pulling", 1s}});
    board.hear(apply::PullAdvanced{"nginx", 34'000'000, 117'500'000}, 2s);
    CHECK(board.rows(2s) ==
          std::vector<BoardRow>{{"web", Mark::working, "pulling 34 of 118 MB", 2s}});
    board.hear(apply::PullEnded{"nginx", 2s}, 2s);
    CHECK(board.rows(2s).empty());
}

TEST_CASE("every row says what its container does, or what it waits for") {
    const plans::TwoServices two;
    Board board(&two.appliance);
    const auto began = [&](plan::StepIndex step) {
        board.hear(apply::StepBegan{&two.plan.steps[step]}, 1s);
    };
    const auto ended = [&](plan::StepIndex step) {
        board.hear(apply::StepEnded{&two.plan.steps[step], 1s}, 2s);
    };
    const auto rows = [&] { return board.rows(3s); };

    board.hear(apply::Planned{&two.plan, &two.appliance}, 0s);
    began(two.create_db);
    CHECK(rows() == std::vector<BoardRow>{{"db", Mark::working, "creating", 3s},
                                          {"web", Mark::waiting, "waiting for db", 3s}});
    ended(two.create_db);
    began(two.create_web);
    ended(two.create_web);
    ended(two.created);
    CHECK(rows() == std::vector<BoardRow>{{"db", Mark::waiting, "waiting", 3s},
                                          {"web", Mark::waiting, "waiting for db", 3s}});
    began(two.start_db);
    CHECK(rows() == std::vector<BoardRow>{{"db", Mark::working, "starting", 3s},
                                          {"web", Mark::waiting, "waiting for db", 3s}});
    ended(two.start_db);
    CHECK(rows() == std::vector<BoardRow>{{"db", Mark::working, "waiting until it is ready", 3s},
                                          {"web", Mark::waiting, "waiting for db", 3s}});
    board.hear(apply::ContainerReady{id("db")}, 2s);
    began(two.start_web);
    CHECK(rows() == std::vector<BoardRow>{{"db", Mark::done, "started", 2s},
                                          {"web", Mark::working, "starting", 3s}});
}

TEST_CASE(
    "a container that failed stays marked, and what did not start because of it is told at the "
    "end") {
    const plans::TwoServices two;
    Board board(&two.appliance);
    board.hear(apply::Planned{&two.plan, &two.appliance}, 0s);
    for (const auto step : {two.create_db, two.create_web, two.created, two.start_db}) {
        board.hear(apply::StepEnded{&two.plan.steps[step], 1s}, 1s);
    }
    board.hear(apply::ContainerFailed{id("db")}, 2s);
    board.finish(Progress::Outcome::failed, 3s);
    CHECK(board.rows(4s) == std::vector<BoardRow>{{"db", Mark::failed, "failed", 2s},
                                                  {"web", Mark::unfinished, "not started", 3s}});
}

TEST_CASE("what runs and is not ready at the end is told so, and what a down did not take away") {
    const plans::TwoServices two;
    Board up(&two.appliance);
    up.hear(apply::Planned{&two.plan, &two.appliance}, 0s);
    up.hear(apply::StepEnded{&two.plan.steps[two.start_db], 1s}, 1s);
    up.finish(Progress::Outcome::failed, 3s);
    CHECK(up.rows(4s) == std::vector<BoardRow>{{"db", Mark::unfinished, "not ready", 3s},
                                               {"web", Mark::unfinished, "not started", 3s}});
    const plans::Teardown teardown;
    Board down(nullptr);
    down.hear(apply::Planned{&teardown.plan, nullptr}, 0s);
    for (const auto step : {teardown.stop_livy, teardown.delete_livy}) {
        down.hear(apply::StepEnded{&teardown.plan.steps[step], 1s}, 1s);
    }
    down.finish(Progress::Outcome::failed, 3s);
    CHECK(down.rows(4s) ==
          std::vector<BoardRow>{{"livy", Mark::done, "removed", 1s},
                                {"spark-worker", Mark::unfinished, "not removed", 3s},
                                {"spark-master", Mark::unfinished, "not removed", 3s}});
}

TEST_CASE("what ran before is on the board while its check is waited for") {
    const plans::TwoServices two;
    plan::Plan plan;
    const auto db_ready = plan.add(plan::AwaitReady{id("db")}, {});
    plan.add(plan::AwaitReady{id("web")}, {db_ready});
    Board board(&two.appliance);
    board.hear(apply::Planned{&plan, &two.appliance}, 0s);
    CHECK(board.rows(1s).empty());
    apply::PendingCheck check;
    check.container = id("db");
    check.asked = "true";
    board.hear(apply::CheckFailed{check}, 2s);
    CHECK(board.rows(2s) ==
          std::vector<BoardRow>{{"db", Mark::working, "waiting for its command check", 2s}});
    board.hear(apply::ContainerReady{id("db")}, 3s);
    CHECK(board.rows(4s) == std::vector<BoardRow>{{"db", Mark::done, "ready", 3s}});
}

TEST_CASE("an up that does not wait has started what it started") {
    const plans::TwoServices two;
    Board board(&two.appliance);
    board.hear(apply::Planned{&two.plan, &two.appliance}, 0s);
    board.hear(apply::StepEnded{&two.plan.steps[two.start_db], 1s}, 1s);
    board.finish(Progress::Outcome::reached, 2s);
    CHECK(board.rows(2s) == std::vector<BoardRow>{{"db", Mark::done, "started", 2s},
                                                  {"web", Mark::done, "started", 2s}});
}

TEST_CASE("a down shows who stops and who waits for that") {
    const plans::Teardown down;
    Board board(nullptr);
    board.hear(apply::Planned{&down.plan, nullptr}, 0s);
    board.hear(apply::StepBegan{&down.plan.steps[down.stop_livy]}, 0s);
    board.hear(apply::StepEnded{&down.plan.steps[down.stop_worker], 1s}, 1s);
    board.hear(apply::StepEnded{&down.plan.steps[down.delete_worker], 1s}, 1s);
    CHECK(board.rows(2s) ==
          std::vector<BoardRow>{{"livy", Mark::working, "stopping", 2s},
                                {"spark-worker", Mark::done, "removed", 1s},
                                {"spark-master", Mark::waiting, "waiting for livy", 2s}});
}
