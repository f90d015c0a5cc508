#pragma once

#include <vector>

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"

namespace appliance {

// No two containers of the appliance on one fixed host port: of the same protocol, and on addresses
// that overlap. Containers with no instances take no port.
void check_host_ports(const std::vector<Draft>& containers, Reading& reading);

}  // namespace appliance
