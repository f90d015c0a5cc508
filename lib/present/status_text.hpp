#pragma once

#include <string>
#include <vector>

#include "plan/status.hpp"
#include "present/table.hpp"

namespace present {

// One appliance: a row for each container.
[[nodiscard]] std::string to_text(const plan::ApplianceStatus& status, Width width);

// All appliances: a row for each.
[[nodiscard]] std::string to_text(const std::vector<plan::ApplianceStatus>& appliances,
                                  Width width);

// What is to be said of the record besides the table; empty where it is as it should be. No line
// feed.
[[nodiscard]] std::string note_on_record(const plan::ApplianceStatus& status);

// `127.0.0.1:32768`, `[::1]:32768`.
[[nodiscard]] std::string address(const plan::Endpoint& endpoint);

}  // namespace present
