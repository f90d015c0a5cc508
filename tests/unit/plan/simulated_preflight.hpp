#pragma once

#include "unit/plan/simulated_engine.hpp"

namespace plan::testing {

// Whether `up` refuses the plan before it changes anything, as apply::preflight does: a container
// that is kept has a port, or is on a network, that the plan needs.
[[nodiscard]] bool is_refused(const SimulatedEngine& engine, const Plan& plan,
                              const Making& making);

}  // namespace plan::testing
