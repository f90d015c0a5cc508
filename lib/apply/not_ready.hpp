#pragma once

#include <vector>

#include "apply/casualty.hpp"
#include "plan/observed.hpp"

namespace apply {

// What was not started stands with what failed that it needs, directly or not.
[[nodiscard]] NotReady not_ready(const appliance::Appliance& appliance,
                                 const Casualties& casualties,
                                 const std::vector<ContainerId>& not_started);
[[nodiscard]] NotReady not_ready(const appliance::Appliance& appliance,
                                 std::vector<InstanceFailed> all_failed,
                                 const std::vector<ContainerId>& not_started);

// Instances that should run and, at the last look, do not, of containers that have too few then:
// their `die` event may have been lost.
void add_dead(Casualties& casualties, const plan::Observed& observed, const plan::Record& record);

}  // namespace apply
