#pragma once

#include <vector>

#include "apply/run.hpp"
#include "plan/observed.hpp"

namespace apply {

// What the engine has, of whomever it is.
struct EngineView {
    std::vector<engine::ContainerSummary> containers;
    std::vector<engine::Network> networks;
    std::vector<engine::Volume> volumes;
    int cpus = 0;  // 0: not asked
};

enum class Cpus { leave, ask };

// Everything, all at once: what changes an appliance has to know what others hold.
[[nodiscard]] tl::expected<EngineView, Failure> look_at_everything(Run& run, Cpus cpus);

// The appliance's part of it.
[[nodiscard]] plan::Observed observed_in(const EngineView& view, const ApplianceId& id);

}  // namespace apply
