#pragma once

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

// How a container's first process runs and ends, by the keys of the Compose specification.
namespace appliance {

void read_entrypoint(const Value& value, Draft& draft, Reading& reading);
void read_working_dir(const Value& value, Draft& draft, Reading& reading);
void read_user(const Value& value, Draft& draft, Reading& reading);
void read_hostname(const Value& value, Draft& draft, Reading& reading);
void read_init(const Value& value, Draft& draft, Reading& reading);
void read_stop_signal(const Value& value, Draft& draft, Reading& reading);
void read_stop_grace_period(const Value& value, Draft& draft, Reading& reading);
void read_platform(const Value& value, Draft& draft, Reading& reading);

}  // namespace appliance
