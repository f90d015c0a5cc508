#pragma once

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

// What a container may do and use on the engine's machine.
namespace appliance {

inline constexpr double most_shm = 17'592'186'044'416;  // bytes: 16 TiB

void read_is_privileged(const Value& value, Draft& draft, Reading& reading);
void read_cap_add(const Value& value, Draft& draft, Reading& reading);
void read_cap_drop(const Value& value, Draft& draft, Reading& reading);
void read_read_only(const Value& value, Draft& draft, Reading& reading);
void read_shm_size(const Value& value, Draft& draft, Reading& reading);
void read_devices(const Value& value, Draft& draft, Reading& reading);

}  // namespace appliance
