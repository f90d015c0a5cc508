#pragma once

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

// Names and values that hang on a container: `labels`, `extra_hosts`.
namespace appliance {

void read_labels(const Value& value, Draft& draft, Reading& reading);
void read_extra_hosts(const Value& value, Draft& draft, Reading& reading);

}  // namespace appliance
