#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "appliance/appliance.hpp"
#include "appliance/powers.hpp"
#include "plan/step.hpp"

namespace present {

[[nodiscard]] std::string_view word(appliance::Protocol protocol);   // "tcp"
[[nodiscard]] std::string_view word(appliance::ContainerType type);  // "service"
[[nodiscard]] std::string_view word(appliance::Power::Kind kind);    // "privileged"
[[nodiscard]] std::string_view word(plan::Health health);            // "healthy"; empty for none
[[nodiscard]] std::string_view word(plan::Change::Kind kind);        // "create"

// "`web`, `proxy`"
[[nodiscard]] std::string in_backticks(const std::vector<std::string>& names);
[[nodiscard]] std::string in_backticks(const std::vector<appliance::ContainerId>& ids);

// "1 container", "3 containers"
[[nodiscard]] std::string count(std::size_t n, std::string_view singular);

}  // namespace present
