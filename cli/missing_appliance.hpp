#pragma once

#include "apply/run.hpp"
#include "present/problem.hpp"

namespace cli {

// What went wrong, as `present::problems_of` tells it. Of an appliance that is not there the engine
// is asked for those that are: perhaps one of them was meant.
[[nodiscard]] present::Problems explain(apply::Run& run, const apply::Failure& failure,
                                        const present::Subject& subject);

}  // namespace cli
