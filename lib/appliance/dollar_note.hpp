#pragma once

#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

namespace appliance {

// Notes once that pivot expands no variables, at the first `$NAME` or `${…}` where no shell will
// expand it either: anywhere but in `cmd`, a check's `command` and a command that is a shell's
// line.
void note_dollars(const Value& document, Reading& reading);

}  // namespace appliance
