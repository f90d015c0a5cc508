#pragma once

#include <optional>

#include "appliance/appliance.hpp"
#include "apply/run.hpp"
#include "plan/step.hpp"

namespace apply {

// Asks the engine for each folder of its machine that the plan's new containers are to see: it may
// be another machine than ours. All at once, and each folder once; without one nothing is asked.
// HostFoldersMissing with all that are not there. Makes nothing.
[[nodiscard]] std::optional<Failure> find_missing_host_folders(
    Run& run, const appliance::Appliance& appliance, const plan::Plan& plan);

}  // namespace apply
