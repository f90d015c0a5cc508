#pragma once

#include <vector>

#include "plan/names.hpp"

namespace plan {

struct Needs {
    ContainerId container;
    std::vector<ContainerId> needs;
};

// Every container after those it needs, else in the given order. A need that is not in the list
// counts for nothing, and so does one inside a cycle: what the engine's labels say may be of
// several documents.
[[nodiscard]] std::vector<ContainerId> in_order_of_needs(const std::vector<Needs>& graph);

}  // namespace plan
