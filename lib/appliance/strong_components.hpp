#pragma once

#include <cstddef>
#include <vector>

namespace appliance {

using Successors = std::vector<std::vector<std::size_t>>;

// For each node the number of its strongly connected component: two nodes have the same one exactly
// when each can be reached from the other. Linear, and without recursion: a chain may be as long as
// memory allows.
[[nodiscard]] std::vector<std::size_t> strong_components(const Successors& graph);

}  // namespace appliance
