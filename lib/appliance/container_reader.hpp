#pragma once

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

namespace appliance {

// An entry of `containers`, all that can be said of it without looking at the others' contents.
// `needs` is not there yet.
[[nodiscard]] Draft read_container(const Value& entry, Reading& reading);

}  // namespace appliance
