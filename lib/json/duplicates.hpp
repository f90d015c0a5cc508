#pragma once

#include "diagnostics/problems.hpp"
#include "diagnostics/source.hpp"
#include "json/value.hpp"

namespace json {

// Reports each key that an object has twice, and keeps the first.
void remove_duplicates(Object& members, const diagnostics::Source& source,
                       diagnostics::Problems& problems);

}  // namespace json
