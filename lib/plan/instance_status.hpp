#pragma once

#include <string>

#include "plan/status.hpp"

namespace plan {

struct InstanceStatus {
    State state = State::submitted;
    std::string reason = {};
};

// What one instance is by itself, whatever is to take its place.
[[nodiscard]] InstanceStatus status_of(const RecordedContainer& entry,
                                       const ObservedInstance& instance);

// The same, where the `up` that saw a service fail wrote down why: `up` stops what failed, and then
// the engine tells of the stop.
[[nodiscard]] InstanceStatus status_of(const RecordedContainer& entry,
                                       const ObservedInstance& instance, const Record* record);

// Whether it runs for so short a time that a check may still fail.
[[nodiscard]] bool in_grace(const RecordedContainer& entry, const ObservedInstance& instance);

}  // namespace plan
