#pragma once

#include <vector>

#include "appliance/appliance.hpp"
#include "appliance/object_reader.hpp"

namespace appliance {

[[nodiscard]] const std::vector<Field<Port>>& port_fields();
[[nodiscard]] std::string_view name_of(Protocol protocol);

// The entries of `ports` that can be read. In one container a port of one protocol stands once, and
// so does a name.
[[nodiscard]] std::vector<Port> read_port_list(const Array& entries, Reading& reading);

}  // namespace appliance
