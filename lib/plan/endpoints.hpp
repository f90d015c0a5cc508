#pragma once

#include <string>
#include <vector>

#include "plan/status.hpp"

namespace plan {

// Where an instance that runs can be reached; IPv4 and IPv6 twins are one endpoint. In host mode
// the engine shows no ports: they are those of the record.
[[nodiscard]] std::vector<Endpoint> endpoints_of(const ObservedInstance& instance,
                                                 const RecordedContainer& entry,
                                                 const std::string& advertised_host);

}  // namespace plan
