#pragma once

#include <string>
#include <vector>

#include "apply/failure.hpp"

namespace present {

// "GET http://127.0.0.1:32768/version", "TCP connection to 172.18.0.2:5432", "`pg_isready`"
[[nodiscard]] std::string asked(const apply::PendingCheck& check);

// Printable: "waiting for its HTTP check (connection refused)"
[[nodiscard]] std::string waiting_for_check(const apply::PendingCheck& check);

// "its check: GET http://…: connection refused"; a command's output follows line by line.
[[nodiscard]] std::vector<std::string> check_details(const apply::PendingCheck& check);

}  // namespace present
