#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "apply/run.hpp"
#include "apply/runner.hpp"
#include "plan/aftermath.hpp"
#include "plan/way_back.hpp"

// What an `up` does that failed.
namespace apply {

struct TakenBack {
    std::vector<plan::Instance> again;      // the old ones of these run again
    std::vector<plan::Instance> not_again;  // the engine refused
};

// Carries out a way back, all of it side by side, so that no outage grows with the number of
// instances. Neither a signal nor the time limit ends it.
// `at_most`: how long it may take; none: however long.
[[nodiscard]] TakenBack take_back(Run& run, Runner& runner, const plan::Plan& way_back,
                                  std::optional<std::chrono::seconds> at_most);

// Writes down what failed, stops it and marks it. Best effort, within the time limit: an engine
// stops by itself what it was asked to stop.
void mark_failed(Run& run, Runner& runner, const plan::Plan& aftermath);

}  // namespace apply
