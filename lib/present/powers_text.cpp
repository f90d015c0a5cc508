#include "present/powers_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace present {

std::string to_text(const appliance::Power& power) {
    using Kind = appliance::Power::Kind;
    switch (power.kind) {
        case Kind::privileged: return fmt::format("`{}` is privileged", power.container);
        case Kind::host_mount:
            return fmt::format("`{}` mounts {}{}", power.container, power.what,
                               power.access == appliance::Access::read_only ? " (read-only)" : "");
        case Kind::host_network:
            return fmt::format("`{}` is on the host's network", power.container);
        case Kind::capability: return fmt::format("`{}` gets {}", power.container, power.what);
        case Kind::device:
            return fmt::format("`{}` uses the device {}", power.container, power.what);
        case Kind::volume_options:
            return fmt::format("`{}` mounts what the options of volume {} say", power.container,
                               power.what);
    }
    return "";
}

std::string powers_line(const std::vector<appliance::Power>& powers) {
    std::string line;
    for (const appliance::Power& power : powers) {
        line += line.empty() ? "this document can act as root on the engine's machine: " : ", ";
        line += to_text(power);
    }
    return line;
}

std::string powers_line(const apply::Planned& planned) {
    const bool starts = std::any_of(
        planned.plan->steps.begin(), planned.plan->steps.end(),
        [](const auto& step) { return std::holds_alternative<plan::StartInstance>(step.action); });
    return starts && planned.appliance != nullptr
               ? powers_line(appliance::powers_of(*planned.appliance))
               : "";
}

}  // namespace present
