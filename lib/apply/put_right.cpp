#include "apply/put_right.hpp"

#include <set>
#include <utility>

#include "apply/executor.hpp"

namespace apply {

TakenBack take_back(Run& run, Runner& runner, const plan::Plan& way_back,
                    std::optional<std::chrono::seconds> at_most) {
    TakenBack result;
    if (way_back.steps.empty()) {
        return result;
    }
    Executor executor(run, runner, way_back,
                      {.after_failure = ExecutorOptions::AfterFailure::go_on,
                       .stops_at_once = way_back.steps.size()});
    (void)executor.run_to_the_end(at_most);
    std::set<plan::Instance> undone;
    for (plan::StepIndex i = 0; i < way_back.steps.size(); ++i) {
        if (!executor.is_done(i)) {
            undone.insert(*plan::instance_of(way_back.steps[i].action));
        }
    }
    for (const plan::Change& change : way_back.changes) {
        (undone.contains(change.instance) ? result.not_again : result.again)
            .push_back(change.instance);
    }
    return result;
}

void mark_failed(Run& run, Runner& runner, const plan::Plan& aftermath) {
    Executor executor(run, runner, aftermath,
                      {.after_failure = ExecutorOptions::AfterFailure::go_on,
                       .stops_at_once = aftermath.steps.size(),
                       .step_events = ExecutorOptions::StepEvents::not_sent});
    (void)executor.run();
}

}  // namespace apply
