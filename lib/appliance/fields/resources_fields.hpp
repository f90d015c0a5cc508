#pragma once

#include "appliance/appliance.hpp"
#include "appliance/object_reader.hpp"

namespace appliance {

[[nodiscard]] const std::vector<Field<Resources>>& resources_fields();

}  // namespace appliance
