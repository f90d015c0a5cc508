#pragma once

#include <vector>

#include "apply/failure.hpp"
#include "engine/client.hpp"
#include "plan/observed.hpp"

namespace apply {

// Runs the TCP and HTTP checks of the instances that run, and the commands that the engine has not
// come to, each once and all together, so that a status is true; those that have a result already
// are left alone. Waits for them, each for its own timeout at most.
void run_checks(engine::Client& client, plan::Observed& observed);

// What a command said last when the engine ran it, for those that pivot did not run itself: newer
// engines run them often enough.
void add_engines_answers(engine::Client& client, std::vector<PendingCheck>& checks);

}  // namespace apply
