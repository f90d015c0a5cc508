#pragma once

#include <string>
#include <vector>

#include "appliance/appliance.hpp"

namespace appliance {

// What in a document lets a container act as root on the engine's machine, whoever wrote it.
struct Power {
    ContainerId container;
    enum class Kind { privileged, host_mount, host_network, capability, device, volume_options };
    Kind kind = Kind::privileged;
    std::string what;  // the path, the capability, the device, the volume; empty for the others
    // Of a host_mount. Secrets are read, and sockets are used, through a read-only one too.
    Access access = Access::read_write;

    friend bool operator==(const Power&, const Power&) = default;
};

[[nodiscard]] std::vector<Power> powers_of(const Appliance& appliance);  // in document order

}  // namespace appliance
