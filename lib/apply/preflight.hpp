#pragma once

#include "apply/commands.hpp"
#include "apply/engine_view.hpp"
#include "apply/images.hpp"
#include "apply/warnings.hpp"

namespace apply {

struct Preflight {
    std::string subnet;  // of the network that stays; empty where no address is fixed
    diagnostics::Diagnostics warnings;
};

// Looks for what would make the plan fail half way, before anything is changed: names that
// something foreign has (NameTaken), one of ours under another name (Renamed) or in a state that
// nobody knows (UnknownState), host ports that another container holds (PortTaken), a network that
// cannot go (NetworkInUse) or is too small (SubnetTooSmall). `own`: the appliance's part of the
// view. Pure.
[[nodiscard]] tl::expected<Preflight, Failure> preflight(const EngineView& view,
                                                         const plan::Observed& own,
                                                         const appliance::Appliance& appliance,
                                                         const plan::Plan& plan,
                                                         const Images& images);

// The same, and what only the engine can tell: host folders that it lacks (HostFoldersMissing).
[[nodiscard]] tl::expected<Preflight, Failure> look_ahead(Run& run, const EngineView& view,
                                                          const plan::Observed& own,
                                                          const appliance::Appliance& appliance,
                                                          const plan::Plan& plan,
                                                          const Images& images);

}  // namespace apply
