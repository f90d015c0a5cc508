#pragma once

#include <cstddef>
#include <vector>

#include "diagnostics/source.hpp"

namespace appliance {

struct Dependency {
    std::size_t on = 0;       // the container's index
    diagnostics::Span where;  // of the entry of `dependencies`
};

// What a container names: `dependencies` are hard edges, references soft ones. Repeats are allowed.
struct Links {
    std::vector<Dependency> dependencies;
    std::vector<std::size_t> references;
};

// Containers that wait for each other: the path ends with the container that it begins with.
struct DependencyCycle {
    std::vector<std::size_t> path;
    diagnostics::Span where;  // of the dependency that is the path's first step
};

struct Order {
    // For each container those that must be ready before it: sorted by index, without repeats,
    // acyclic when there are no `cycles`.
    std::vector<std::vector<std::size_t>> needs;
    std::vector<DependencyCycle>
        cycles;  // one for each group of containers that depend on each other
};

// A dependency orders always. A reference orders too unless it is part of a cycle (a quorum whose
// members name each other, or a container that is named by what it depends on): then it is dropped,
// as is a reference to oneself. Linear in the number of links.
[[nodiscard]] Order order_of(const std::vector<Links>& containers);

}  // namespace appliance
