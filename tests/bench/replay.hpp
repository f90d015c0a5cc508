#pragma once

#include <map>
#include <string>
#include <vector>

#include "bench/bare_script.hpp"
#include "bench/recorder.hpp"
#include "bench/shape.hpp"

namespace bench {

// A script that makes the calls of a recorded run again: the same calls in the same order, each as
// soon as what it needs is there, which is what pivot's plans say and not what happened to end
// first in that run. Without the settle time.
//
// `names` are those of containers and networks that were there before, by ID: their IDs are others
// in the next run, but the engine takes a name for an ID.
[[nodiscard]] std::vector<BareCall> replay(const std::vector<RecordedCall>& recorded,
                                           const Shape& shape,
                                           std::map<std::string, std::string> names);

}  // namespace bench
