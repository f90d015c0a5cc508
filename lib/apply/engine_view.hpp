#pragma once

#include <optional>
#include <vector>

#include "apply/run.hpp"
#include "plan/observed.hpp"

namespace apply {

// What the engine has, of whomever it is.
struct EngineView {
    std::vector<engine::ContainerSummary> containers;
    std::vector<engine::Network> networks;
    std::vector<engine::Volume> volumes;
    std::optional<engine::SystemInfo> info = {};  // where the appliance needs it
};

// Everything, all at once: what changes an appliance has to know what others hold.
[[nodiscard]] tl::expected<EngineView, Failure> look_at_everything(
    Run& run, const appliance::Appliance& appliance);

// The appliance's part of it.
[[nodiscard]] plan::Observed observed_in(const EngineView& view, const ApplianceId& id);

}  // namespace apply
