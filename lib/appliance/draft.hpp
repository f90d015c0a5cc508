#pragma once

#include "appliance/appliance.hpp"
#include "appliance/graph.hpp"

namespace appliance {

// A container while it is read.
struct Draft {
    Container container;
    Links links;
};

}  // namespace appliance
