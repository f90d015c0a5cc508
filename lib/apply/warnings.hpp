#pragma once

#include <set>

#include "appliance/appliance.hpp"
#include "apply/failure.hpp"
#include "diagnostics/diagnostic.hpp"
#include "engine/types.hpp"
#include "plan/observed.hpp"

// What an engine does not do as the document says, and that is no failure.
namespace apply {

// Volumes that were made in another way, of which no plan tells.
[[nodiscard]] diagnostics::Diagnostics warn_of_volumes(const appliance::Appliance& appliance,
                                                       const plan::Observed& own);

// Whether `warn_of_engine` has something to look at.
[[nodiscard]] bool needs_info(const appliance::Appliance& appliance);

// Limits that this engine cannot hold `started` to, and checks that it lets nobody reach.
[[nodiscard]] diagnostics::Diagnostics warn_of_engine(const appliance::Appliance& appliance,
                                                      const std::set<ContainerId>& started,
                                                      const engine::SystemInfo& engine);

}  // namespace apply
