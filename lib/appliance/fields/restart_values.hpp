#pragma once

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

// What happens when a container ends: `restart`, `retries`, and the keys that a job, which is meant
// to end, does not have.
namespace appliance {

inline constexpr int most_retries = 1000;

void read_retries(const Value& value, Draft& draft, Reading& reading);
void read_restart(const Value& value, Draft& draft, Reading& reading);

// Checks what `type` allows, and fills in `restart` where the document says nothing. `object` is
// the container's.
void settle_restart(const Object& object, Draft& draft, Reading& reading);
void check_job(const Object& object, const Draft& draft, Reading& reading);

}  // namespace appliance
