#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/run.hpp"
#include "plan/observed.hpp"
#include "plan/ownership.hpp"

namespace apply {

using plan::label_of;

// Reads one appliance from the engine's lists: containers, networks and volumes, all at once.
[[nodiscard]] tl::expected<plan::Observed, Failure> observe(Run& run, const ApplianceId& id);

// Without the networks, which no status tells of: two calls.
[[nodiscard]] tl::expected<plan::Observed, Failure> observe_for_status(Run& run,
                                                                       const ApplianceId& id);

// Every appliance on the engine, without networks.
[[nodiscard]] tl::expected<std::map<ApplianceId, plan::Observed>, Failure> observe_all(Run& run);

// It runs for a short time, and has run before: it may be between two crashes.
[[nodiscard]] bool may_have_restarted(const plan::ObservedInstance& instance);

// Inspects the few instances of which the list does not tell enough: those that ended, failed to
// start, or have run for so short a time that they may be between two crashes.
// `known`: engine IDs of those that need none, because they were watched since their start.
[[nodiscard]] tl::expected<void, Failure> add_details(Run& run, plan::Observed& observed,
                                                      const std::set<std::string>& known = {});

}  // namespace apply
