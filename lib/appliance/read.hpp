#pragma once

#include <map>
#include <optional>
#include <string>

#include "appliance/appliance.hpp"
#include "diagnostics/diagnostic.hpp"

namespace appliance {

struct ReadResult {
    std::optional<Appliance> appliance;    // there exactly when no diagnostic is an error
    diagnostics::Diagnostics diagnostics;  // in the order of the document
};

// How many instances containers have in place of what the document says: by their ids, the number
// as JSON writes it.
using InstanceCounts = std::map<std::string, std::string>;

// Text to appliance. Pure: no file, no clock, no engine. Reports every problem it can find, not the
// first alone. Whatever the document may not say in `instances` is a problem in `counts` too.
[[nodiscard]] ReadResult read(const diagnostics::Source& source, const InstanceCounts& counts = {});

}  // namespace appliance
