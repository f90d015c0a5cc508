#pragma once

#include <string>

#include "apply/commands.hpp"

namespace present {

// "spark-livy is running": what an `up` that succeeded came to, with a line feed.
[[nodiscard]] std::string headline(const plan::Plan& plan, const plan::ApplianceStatus& status);

// The status of an appliance that the engine has nothing of yet.
[[nodiscard]] plan::ApplianceStatus not_begun(const appliance::Appliance& appliance);

}  // namespace present
