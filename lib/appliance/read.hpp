#pragma once

#include <optional>

#include "appliance/appliance.hpp"
#include "diagnostics/diagnostic.hpp"

namespace appliance {

struct ReadResult {
    std::optional<Appliance> appliance;    // there exactly when no diagnostic is an error
    diagnostics::Diagnostics diagnostics;  // in the order of the document
};

// Text to appliance. Pure: no file, no clock, no engine. Reports every problem it can find, not the
// first alone.
[[nodiscard]] ReadResult read(const diagnostics::Source& source);

}  // namespace appliance
