#include <string>

#include "catch.hpp"
#include "present/progress_live.hpp"
#include "unit/present/plans.hpp"
#include "unit/present/screen.hpp"

using namespace std::chrono_literals;
using namespace values;
using present::LiveProgress;
using present::Progress;

namespace {

// A terminal to look at, with a clock and a window that stand until they are set.
struct Stage {
    Screen screen{80};
    std::string written;
    std::chrono::microseconds now{0};
    present::Window window{80, 24};
    bool is_read = true;

    LiveProgress progress(const appliance::Appliance* appliance) {
        return LiveProgress(
            {[this](std::string_view text) {
                 written += text;
                 screen.write(text);
             },
             [this] { return window; },
             {},
             [this] { return is_read; }},
            [](const diagnostics::Diagnostic& diagnostic) { return diagnostic.message + "\n"; },
            [this] { return now; }, appliance);
    }
};

}  // namespace

TEST_CASE("the live block is drawn in place and its finished lines stay") {
    const plans::TwoServices two;
    Stage stage;
    auto progress = stage.progress(&two.appliance);
    const auto step = [&](auto event, std::chrono::microseconds now) {
        stage.now = now;
        progress.on(event);
    };
    step(apply::Planned{&two.plan, &two.appliance}, 0s);
    step(apply::StepBegan{&two.plan.steps[two.start_db]}, 100ms);
    CHECK(stage.screen.text() ==
          " ⠙ db    starting        0.1 s\n"
          " ⠙ web   waiting for db  0.1 s\n");
    step(apply::StepEnded{&two.plan.steps[two.start_db], 200ms}, 300ms);
    for (const auto created : {two.create_db, two.create_web}) {
        step(apply::StepEnded{&two.plan.steps[created], 0s}, 300ms);
    }
    step(apply::ContainerReady{id("db")}, 300ms);
    step(apply::StepBegan{&two.plan.steps[two.start_web]}, 400ms);
    CHECK(stage.screen.text() ==
          " ✓ db    started   0.3 s\n"
          " ⠼ web   starting  0.4 s\n");
    step(apply::StepEnded{&two.plan.steps[two.start_web], 200ms}, 600ms);
    step(apply::ContainerReady{id("web")}, 600ms);
    stage.now = 700ms;
    progress.finish(Progress::Outcome::reached);
    CHECK(stage.screen.text() ==
          " ✓ db    started  0.3 s\n"
          " ✓ web   started  0.6 s\n");
}

TEST_CASE("a warning on the way stands above the live block") {
    const plans::TwoServices two;
    Stage stage;
    auto progress = stage.progress(&two.appliance);
    progress.on(apply::Planned{&two.plan, &two.appliance});
    progress.on(
        apply::Noticed{{diagnostics::Severity::warning, "too many cpus", std::nullopt, ""}});
    CHECK(stage.screen.text() ==
          "too many cpus\n"
          " ⠋ db    waiting         0.0 s\n"
          " ⠋ web   waiting for db  0.0 s\n");
}

TEST_CASE("a window that became narrower leaves no remains of the old lines") {
    const plans::TwoServices two;
    Stage stage;
    auto progress = stage.progress(&two.appliance);
    progress.on(apply::Planned{&two.plan, &two.appliance});
    stage.window = {20, 24};
    stage.screen.narrow_to(20);
    stage.now = 1s;
    progress.tick();
    CHECK(stage.screen.text() ==
          " ⠋ db    wa…  1.0 s\n"
          " ⠋ web   wa…  1.0 s\n");
}

TEST_CASE("a burst of events is drawn once, and the tick shows what it left out") {
    const plans::TwoServices two;
    Stage stage;
    auto progress = stage.progress(&two.appliance);
    progress.on(apply::Planned{&two.plan, &two.appliance});
    const std::size_t drawn = stage.written.size();
    progress.on(apply::StepBegan{&two.plan.steps[two.create_db]});
    progress.on(apply::StepBegan{&two.plan.steps[two.create_web]});
    CHECK(stage.written.size() == drawn);
    progress.tick();
    CHECK(stage.screen.text() ==
          " ⠋ db    creating  0.0 s\n"
          " ⠋ web   creating  0.0 s\n");
}

TEST_CASE("the cursor is never hidden and rests below the block") {
    const plans::TwoServices two;
    Stage stage;
    auto progress = stage.progress(&two.appliance);
    progress.on(apply::Planned{&two.plan, &two.appliance});
    progress.tick();
    CHECK(stage.written.find("\x1b[?") == std::string::npos);
    CHECK(stage.screen.cursor_row() == 2);
}

TEST_CASE("on a terminal that takes nothing no frames pile up, and its last lines are right") {
    const plans::TwoServices two;
    Stage stage;
    auto progress = stage.progress(&two.appliance);
    progress.on(apply::Planned{&two.plan, &two.appliance});
    stage.is_read = false;
    const std::string before = stage.written;
    for (stage.now = 1s; stage.now < 60s; stage.now += 100ms) {
        progress.tick();
    }
    CHECK(stage.written == before);
    progress.on(
        apply::Noticed{{diagnostics::Severity::warning, "too many cpus", std::nullopt, ""}});
    progress.finish(Progress::Outcome::reached);
    CHECK(stage.screen.text() ==
          "too many cpus\n"
          " ✓ db    started  60.0 s\n"
          " ✓ web   started  60.0 s\n");
}

TEST_CASE("an up with nothing to do writes nothing") {
    const plans::TwoServices two;
    Stage stage;
    auto progress = stage.progress(&two.appliance);
    progress.tick();
    progress.finish(Progress::Outcome::reached);
    CHECK(stage.written.empty());
}
