#pragma once

#include "apply/commands.hpp"
#include "apply/images.hpp"

namespace apply {

struct Preflight {
    int engine_cpus = 0;  // 0 where no container has `cpus`
    std::string subnet;   // of the network that stays; empty where no address is fixed
    diagnostics::Diagnostics warnings;
};

// Looks for what would make the plan fail half way, before anything is changed: names that
// something foreign has (NameTaken) and host ports that another container holds (PortTaken).
[[nodiscard]] tl::expected<Preflight, Failure> preflight(engine::Client& client,
                                                         const appliance::Appliance& appliance,
                                                         const plan::Plan& plan,
                                                         const Images& images);

}  // namespace apply
