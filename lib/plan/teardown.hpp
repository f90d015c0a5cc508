#pragma once

#include "plan/observed.hpp"
#include "plan/step.hpp"

namespace plan {

enum class Volumes { keep, purge };

// What takes the appliance away: what others need is stopped after them, independent instances
// together, then the network, the volumes where asked, and the record last. Pure.
[[nodiscard]] Plan teardown(const Observed& observed, Volumes volumes);

}  // namespace plan
