#pragma once

#include <map>
#include <optional>
#include <vector>

#include "apply/failure.hpp"
#include "engine/client.hpp"
#include "plan/observed.hpp"
#include "plan/ownership.hpp"

namespace apply {

using plan::label_of;

// Reads one appliance from the engine's lists: containers, networks and volumes, all at once.
[[nodiscard]] tl::expected<plan::Observed, CallFailed> observe(engine::Client& client,
                                                               const ApplianceId& id);

// Without the networks, which no status tells of: two calls.
[[nodiscard]] tl::expected<plan::Observed, CallFailed> observe_for_status(engine::Client& client,
                                                                          const ApplianceId& id);

// Every appliance on the engine, without networks.
[[nodiscard]] tl::expected<std::map<ApplianceId, plan::Observed>, CallFailed> observe_all(
    engine::Client& client);

// Inspects the few instances of which the list does not tell enough: those that ended, failed to
// start, or have run for so short a time that they may be between two crashes.
[[nodiscard]] tl::expected<void, CallFailed> add_details(engine::Client& client,
                                                         plan::Observed& observed);

}  // namespace apply
