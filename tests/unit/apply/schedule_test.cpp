#include "apply/schedule.hpp"

#include <fmt/format.h>

#include "catch.hpp"

using apply::Schedule;
using namespace plan;

namespace {

Instance instance(int number) { return {ContainerId("web"), number}; }

std::string begun(Schedule& schedule) {
    std::string text;
    while (const auto step = schedule.next()) {
        text += fmt::format("{} ", *step);
    }
    return text;
}

}  // namespace

TEST_CASE("a step begins when all that it waits for ended well") {
    Plan plan;
    const StepIndex record = plan.add(WriteRecord{"pivot.shop.1", ""}, {});
    const StepIndex network = plan.add(CreateNetwork{"pivot-shop"}, {});
    plan.add(CreateInstance{instance(1)}, {record, network});
    Schedule schedule(plan);
    CHECK(begun(schedule) == "0 1 ");
    schedule.ended_well(record);
    CHECK(begun(schedule).empty());
    schedule.ended_well(network);
    CHECK(begun(schedule) == "2 ");
    CHECK_FALSE(schedule.over());
    schedule.ended_well(2);
    CHECK(schedule.complete());
    CHECK(schedule.over());
}

TEST_CASE("no more creates at once than the engine does well, the earliest first") {
    Plan plan;
    for (int number = 1; number <= 10; ++number) {
        plan.add(CreateInstance{instance(number)}, {});
    }
    Schedule schedule(plan);
    CHECK(begun(schedule) == "0 1 2 3 4 5 6 7 ");
    schedule.ended_well(3);
    CHECK(begun(schedule) == "8 ");
}

TEST_CASE("starts wait while nobody watches") {
    Plan plan;
    plan.add(StartInstance{instance(1), "id"}, {});
    plan.add(StopInstance{instance(2), "id"}, {});
    Schedule schedule(plan);
    schedule.hold_starts(true);
    CHECK(begun(schedule) == "1 ");
    schedule.hold_starts(false);
    CHECK(begun(schedule) == "0 ");
}

TEST_CASE("after a failure nothing begins, and it is over when what is in flight ended") {
    Plan plan;
    plan.add(StartInstance{instance(1), "id"}, {});
    plan.add(StartInstance{instance(2), "id"}, {});
    plan.add(AwaitReady{ContainerId("web")}, {0, 1});
    Schedule schedule(plan);
    CHECK(begun(schedule) == "0 1 ");
    schedule.failed(0);
    schedule.begin_no_more();
    CHECK_FALSE(schedule.over());
    schedule.ended_well(1);
    CHECK(begun(schedule).empty());
    CHECK(schedule.over());
    CHECK_FALSE(schedule.complete());
    CHECK_FALSE(schedule.is_done(0));
    CHECK(schedule.is_done(1));
}

TEST_CASE(
    "a milestone that waits for the settle time is no call, and once no more may begin it is "
    "over") {
    Plan plan;
    plan.add(Milestone{Milestone::Point::ready}, {});
    Schedule schedule(plan);
    CHECK(begun(schedule) == "0 ");
    CHECK(schedule.idle());
    CHECK_FALSE(schedule.over());
    schedule.begin_no_more();
    CHECK(schedule.over());
}
