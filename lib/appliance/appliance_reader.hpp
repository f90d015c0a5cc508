#pragma once

#include "appliance/appliance.hpp"
#include "appliance/terms.hpp"

namespace appliance {

// The document's tree to the appliance that it describes. It is whole only when no error was
// reported.
[[nodiscard]] Appliance read_appliance(const Value& document, const diagnostics::Source& source,
                                       Problems& problems);

}  // namespace appliance
