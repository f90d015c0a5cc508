#pragma once

#include <map>
#include <optional>
#include <vector>

#include "apply/run.hpp"
#include "plan/observed.hpp"

namespace apply {

// Empty where there is none of that name.
[[nodiscard]] std::string label_of(const engine::Labels& labels, const char* name);

// Reads one appliance from the engine's lists: containers, networks and volumes, all at once.
[[nodiscard]] tl::expected<plan::Observed, Failure> observe(Run& run, const ApplianceId& id);

// Without the networks, which no status tells of: two calls.
[[nodiscard]] tl::expected<plan::Observed, Failure> observe_for_status(Run& run,
                                                                       const ApplianceId& id);

// Every appliance on the engine, without networks.
[[nodiscard]] tl::expected<std::map<ApplianceId, plan::Observed>, Failure> observe_all(Run& run);

// Inspects the few instances of which the list does not tell enough: those that ended, failed to
// start, or have run for so short a time that they may be between two crashes.
[[nodiscard]] tl::expected<void, Failure> add_details(Run& run, plan::Observed& observed);

}  // namespace apply
