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
                   .environment = {{"fault-update.web.1", "COLOUR=blue"}}},
          .keeps = {"fault-update.worker.1"}},
         {.name = "update, scaled down",
          .struck = red,
          .again = red,
          .goal = {.running = {"fault-update.web.1", "fault-update.worker.1", "fault-update.old.1"},
                   .environment = {{"fault-update.web.1", "COLOUR=red"}}},
          .keeps = {"fault-update.worker.1"}}});
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
              .goal = {.running = {"fault-scale.web.1", "fault-scale.web.2", "fault-scale.web.3"}},
              .keeps = {"fault-scale.web.1"}},
             {.name = "scale to 1",
              .struck = scaled(1),
              .again = scaled(1),
              .goal = {.running = {"fault-scale.web.1"}},
              .keeps = {"fault-scale.web.1"}}});
}

TEST_CASE("replacing checked instances survives every fault at every call") {
    const auto version = [](const std::string& colour) {
        Json web = with(with(container("web"), "env", {{"COLOUR", colour}}), "instances", 2);
        web["health_check"] = {{"command", "true"}, {"interval_seconds", 1}};
        return up(document("fault-checked", {web}), at_once);
    };
    const Command update = version("red");
    survive("fault-checked", {{.name = "replacing two checked instances",
                               .struck = update,
                               .again = update,
                               .goal = {.running = {"fault-checked.web.1", "fault-checked.web.2"},
                                        .environment = {{"fault-checked.web.1", "COLOUR=red"},
                                                        {"fault-checked.web.2", "COLOUR=red"}}}},
                              {.name = "back", .again = version("blue")}});
}

TEST_CASE("an up with a job survives every fault at every call") {
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
                           .goal = {.running = {"fault-job.db.1"}},
                           .keeps = {"fault-job.db.1"}}});
}

namespace {

const Goal as_it_was = {.running = {"fault-failing.web.1", "fault-failing.db.1"},
                        .environment = {{"fault-failing.web.1", "COLOUR=red"}}};

// It fails as soon as the engine says that `web` died; a busy engine may take its time.
Command failing_up(const std::string& web_does) {
    const Json web = with(container("web", web_does), "env", {{"COLOUR", "blue"}});
    return up(document("fault-failing", {web, container("db")}), {"--settle", "5s"});
}

Command good_up() {
    const Json web = with(container("web"), "env", {{"COLOUR", "red"}});
    return up(document("fault-failing", {web, container("db")}));
}

}  // namespace

TEST_CASE("a failing up survives every fault at every call") {
    survive("fault-failing", {{.name = "failing up",
                               .struck = failing_up("echo no use; exit 3"),
                               .code = 1,
                               .again = good_up(),
                               .goal = as_it_was,
                               .keeps = {"fault-failing.db.1"}}});
}

TEST_CASE("a failing up loses no instance, whatever happens at any call") {
    const Command failing = failing_up("echo no use; exit 3");
    const std::set<std::string> all = {"fault-failing.web.1", "fault-failing.db.1"};
    Goal failed_again = as_it_was;
    survive("fault-failing", {{.name = "failing up, then the old document",
                               .struck = failing,
                               .code = 1,
                               .again = good_up(),
                               .goal = as_it_was,
                               .keeps = all},
                              {.name = "failing up, then the same again",
                               .struck = failing,
                               .code = 1,
                               .again = failing,
                               .again_code = 1,
                               .goal = failed_again,
                               .keeps = all},
                              {.name = "the old document",
                               .struck = good_up(),
                               .again = good_up(),
                               .goal = as_it_was,
                               .keeps = all}});
}
