#pragma once

#include <optional>

#include "apply/failure.hpp"
#include "plan/observed.hpp"
#include "plan/reconcile.hpp"
#include "plan/status.hpp"

namespace apply {

// Whether the last look shows what an `up` promises: the goal state, or, where it does not wait,
// that every instance was started. None: it does. Pure.
[[nodiscard]] std::optional<Failure> verdict(const plan::ApplianceStatus& status,
                                             const plan::Observed& observed,
                                             const plan::Record& record,
                                             plan::ReconcileOptions::Wait wait);

}  // namespace apply
