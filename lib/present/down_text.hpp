#pragma once

#include <string>

#include "apply/commands.hpp"
#include "present/json.hpp"

namespace present {

// "spark-livy is gone: 3 containers and 1 network removed; volume spark-livy.data kept (`--purge`
// removes it)", with a line feed.
[[nodiscard]] std::string to_text(const apply::DownReport& report,
                                  const appliance::ApplianceId& id);

[[nodiscard]] Json down_json(const apply::DownReport& report, const appliance::ApplianceId& id);

}  // namespace present
