#include "plan/order.hpp"

#include <functional>
#include <map>
#include <queue>

namespace plan {

std::vector<ContainerId> in_order_of_needs(const std::vector<Needs>& graph) {
    std::map<ContainerId, std::size_t> index;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        index.emplace(graph[i].container, i);
    }
    std::vector<std::vector<std::size_t>> dependents(graph.size());
    std::vector<std::size_t> missing(graph.size(), 0);
    for (std::size_t i = 0; i < graph.size(); ++i) {
        for (const ContainerId& need : graph[i].needs) {
            if (const auto found = index.find(need); found != index.end() && found->second != i) {
                dependents[found->second].push_back(i);
                ++missing[i];
            }
        }
    }
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>>
        ready;  // the earliest first
    for (std::size_t i = 0; i < graph.size(); ++i) {
        if (missing[i] == 0) {
            ready.push(i);
        }
    }
    std::vector<ContainerId> ordered;
    std::vector<bool> taken(graph.size(), false);
    const auto take = [&](std::size_t i) {
        taken[i] = true;
        ordered.push_back(graph[i].container);
        for (const std::size_t dependent : dependents[i]) {
            if (--missing[dependent] == 0 && !taken[dependent]) {
                ready.push(dependent);
            }
        }
    };
    // Whatever is left when nothing is ready is in or behind a cycle: the earliest of it goes
    // first.
    for (std::size_t next = 0; ordered.size() < graph.size();) {
        if (!ready.empty()) {
            const std::size_t i = ready.top();
            ready.pop();
            take(i);
        } else if (taken[next]) {
            ++next;
        } else {
            take(next);
        }
    }
    return ordered;
}

}  // namespace plan
