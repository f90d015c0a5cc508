#include "appliance/graph.hpp"

#include <algorithm>
#include <deque>
#include <limits>

#include "appliance/strong_components.hpp"

namespace appliance {
namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

Successors hard_edges(const std::vector<Links>& containers) {
    Successors edges(containers.size());
    for (std::size_t from = 0; from < containers.size(); ++from) {
        for (const Dependency& dependency : containers[from].dependencies) {
            edges[from].push_back(dependency.on);
        }
    }
    return edges;
}

// The shortest way from `start` back to itself, within its component.
std::vector<std::size_t> shortest_cycle(const Successors& edges,
                                        const std::vector<std::size_t>& component,
                                        std::size_t start, std::vector<std::size_t>& came_from) {
    std::deque<std::size_t> to_visit{start};
    while (!to_visit.empty()) {
        const std::size_t node = to_visit.front();
        to_visit.pop_front();
        for (const std::size_t next : edges[node]) {
            if (next == start) {
                std::vector<std::size_t> path{start};
                for (std::size_t back = node; back != start; back = came_from[back]) {
                    path.push_back(back);
                }
                path.push_back(start);
                std::reverse(path.begin(), path.end());
                return path;
            }
            if (component[next] == component[start] && came_from[next] == none) {
                came_from[next] = node;
                to_visit.push_back(next);
            }
        }
    }
    return {};
}

std::vector<DependencyCycle> find_cycles(const std::vector<Links>& containers,
                                         const Successors& edges) {
    const std::vector<std::size_t> component = strong_components(edges);
    std::vector<std::size_t> came_from(edges.size(), none);
    std::vector<bool> reported(edges.size());
    std::vector<DependencyCycle> cycles;
    for (std::size_t start = 0; start < edges.size(); ++start) {
        if (reported[component[start]]) {
            continue;
        }
        reported[component[start]] = true;
        const std::vector<std::size_t> path = shortest_cycle(edges, component, start, came_from);
        if (path.empty()) {
            continue;  // a component of one container
        }
        const auto& links = containers[start].dependencies;
        const auto first_step = std::find_if(
            links.begin(), links.end(), [&](const Dependency& each) { return each.on == path[1]; });
        cycles.push_back({path, first_step->where});
    }
    return cycles;
}

}  // namespace

Order order_of(const std::vector<Links>& containers) {
    const Successors hard = hard_edges(containers);
    Successors all = hard;
    for (std::size_t from = 0; from < containers.size(); ++from) {
        const auto& references = containers[from].references;
        all[from].insert(all[from].end(), references.begin(), references.end());
    }
    const std::vector<std::size_t> component = strong_components(all);

    Order order{hard, find_cycles(containers, hard)};
    for (std::size_t from = 0; from < containers.size(); ++from) {
        auto& needs = order.needs[from];
        for (const std::size_t to : containers[from].references) {
            if (component[from] != component[to]) {
                needs.push_back(to);
            }
        }
        std::sort(needs.begin(), needs.end());
        needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
    }
    return order;
}

}  // namespace appliance
