#pragma once

#include "appliance/json_value.hpp"
#include "appliance/problems.hpp"
#include "diagnostics/source.hpp"

namespace appliance {

// Reports each key that an object has twice, and keeps the first.
void remove_duplicates(Object& members, const diagnostics::Source& source, Problems& problems);

}  // namespace appliance
