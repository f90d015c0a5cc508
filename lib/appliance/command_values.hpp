#pragma once

#include "appliance/draft.hpp"
#include "appliance/json_value.hpp"
#include "appliance/reading.hpp"

// The values that may refer to other containers.
namespace appliance {

void read_cmd(const Value& value, Draft& draft, Reading& reading);
void read_args(const Value& value, Draft& draft, Reading& reading);
void read_env(const Value& value, Draft& draft, Reading& reading);

}  // namespace appliance
