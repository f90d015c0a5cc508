#pragma once

#include <vector>

#include "appliance/draft.hpp"
#include "appliance/object_reader.hpp"

namespace appliance {

// The keys of a container that are the Compose specification's.
[[nodiscard]] const std::vector<Field<Draft>>& extra_fields();

}  // namespace appliance
