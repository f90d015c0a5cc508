#pragma once

#include <vector>

#include "appliance/draft.hpp"
#include "appliance/object_reader.hpp"

namespace appliance {

[[nodiscard]] const std::vector<Field<Draft>>& container_fields();

}  // namespace appliance
