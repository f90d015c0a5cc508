// Whatever happens at any call of a command: it ends with a true exit code and a message, and the
// same command again makes it good.

#include "catch.hpp"
#include "faults/trial.hpp"

using namespace faults;
using support::container;

namespace {

Json document(const std::string& id, std::vector<Json> containers) {
    return {{"id", id}, {"containers", std::move(containers)}};
}

Json with(Json container, const std::string& key, Json value) {
    container[key] = std::move(value);
    return container;
}

const std::vector<std::string> at_once = {"--settle", "0"};

}  // namespace

TEST_CASE("the first up and down survive every fault at every call") {
    const Json web = with(container("web"), "dependencies", {"db"});
    const Command create = up(document("fault-first", {web, container("db")}), at_once);
    const Command remove = down("fault-first");
    survive("fault-first",
            {{.name = "first up",
              .struck = create,
              .again = create,
              .goal = {.running = {"fault-first.web.1", "fault-first.db.1"}}},
             {.name = "down", .struck = remove, .again = remove, .goal = nothing()}});
}

TEST_CASE("an update survives every fault at every call") {
    const auto version = [](const std::string& colour, int workers, const std::string& extra) {
        const Json web = with(container("web"), "env", {{"COLOUR", colour}});
        const Json worker =
            with(with(container("worker"), "instances", workers), "dependencies", {"web"});
        return up(document("fault-update", {web, worker, container(extra)}), at_once);
    };
    const Command red = version("red", 1, "old");
    const Command blue = version("blue", 2, "new");
    survive(
        "fault-update",
        {{.name = "update, scaled up",
          .struck = blue,
          .again = blue,
          .goal = {.running = {"fault-update.web.1", "fault-update.worker.1",
                               "fault-update.worker.2", "fault-update.new.1"},
                   .environment = {{"fault-update.web.1", "COLOUR=blue"}}}},
         {.name = "update, scaled down",
          .struck = red,
          .again = red,
          .goal = {.running = {"fault-update.web.1", "fault-update.worker.1", "fault-update.old.1"},
                   .environment = {{"fault-update.web.1", "COLOUR=red"}}}}});
}

TEST_CASE("scaling survives every fault at every call") {
    const auto scaled = [](int instances) {
        return up(document("fault-scale", {with(container("web"), "instances", instances)}),
                  at_once);
    };
    survive("fault-scale",
            {{.name = "scale to 3",
              .struck = scaled(3),
              .again = scaled(3),
              .goal = {.running = {"fault-scale.web.1", "fault-scale.web.2", "fault-scale.web.3"}}},
             {.name = "scale to 1",
              .struck = scaled(1),
              .again = scaled(1),
              .goal = {.running = {"fault-scale.web.1"}}}});
}

// Later: when jobs are there.
TEST_CASE("an up with a job survives every fault at every call", "[.][later]") {
    const Json job =
        with(with(container("migrate", "exit 0"), "type", "job"), "dependencies", {"db"});
    const Json web = with(container("web"), "dependencies", {"migrate"});
    const Command create = up(document("fault-job", {web, job, container("db")}), at_once);
    const Json less = document("fault-job", {container("db")});
    survive("fault-job", {{.name = "up with a job",
                           .struck = create,
                           .again = create,
                           .goal = {.running = {"fault-job.web.1", "fault-job.db.1"},
                                    .exited = {"fault-job.migrate.1"}}},
                          {.name = "without the job",
                           .struck = up(less, at_once),
                           .again = up(less, at_once),
                           .goal = {.running = {"fault-job.db.1"}}}});
}

TEST_CASE("a failing up survives every fault at every call") {
    const Command good = up(document("fault-failing", {container("web"), container("db")}));
    const Json broken = container("web", "echo no use; exit 3");
    survive("fault-failing",
            {{.name = "failing up",
              .struck = up(document("fault-failing", {broken, container("db")})),
              .code = 1,
              .again = good,
              .goal = {.running = {"fault-failing.web.1", "fault-failing.db.1"}}}});
}
