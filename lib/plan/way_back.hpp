#pragma once

#include <functional>
#include <optional>
#include <string>

#include "plan/step.hpp"

namespace plan {

// How far a plan came that failed.
struct Progress {
    std::function<bool(StepIndex)> began;
    // The engine ID of what a step made; none where it made nothing.
    std::function<std::optional<std::string>(StepIndex)> created;
};

// The ways back of all groups that were not committed, side by side: each group's steps in their
// order. It refers to no step of the failed plan. `changes` names the instances that run again.
// Pure.
[[nodiscard]] Plan way_back(const Plan& failed, const Progress& progress);

}  // namespace plan
