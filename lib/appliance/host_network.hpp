#pragma once

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

namespace appliance {

// On the engine's host network a program listens on the host itself: the container port is the host
// port, on every address, and there is one of each. `object` is the container's.
void settle_host_network(const Object& object, Draft& draft, Reading& reading);

}  // namespace appliance
