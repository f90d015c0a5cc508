#pragma once

#include <vector>

#include "apply/run.hpp"
#include "plan/observed.hpp"

namespace apply {

// Runs the TCP and HTTP checks of the instances that run, and the commands that the engine has not
// come to, each once and all together, so that a status is true; those that have a result already
// are left alone. Waits for them, each for its own timeout at most. Where the run ends before, the
// checks that go on have no answer in time.
[[nodiscard]] tl::expected<void, Failure> run_checks(Run& run, plan::Observed& observed);

// What a command said last when the engine ran it, for those that pivot did not run itself: newer
// engines run them often enough.
void add_engines_answers(Run& run, std::vector<PendingCheck>& checks);

}  // namespace apply
