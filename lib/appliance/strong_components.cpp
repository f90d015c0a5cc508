#include "appliance/strong_components.hpp"

#include <algorithm>
#include <limits>

namespace appliance {
namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

// Tarjan's algorithm, with the call stack as a vector.
class Search {
public:
    explicit Search(const Successors& graph)
        : graph_(graph),
          number_(graph.size(), none),
          lowest_(graph.size()),
          component_(graph.size(), none) {}

    std::vector<std::size_t> run() {
        for (std::size_t node = 0; node < graph_.size(); ++node) {
            if (number_[node] == none) {
                visit_all_from(node);
            }
        }
        return component_;
    }

private:
    struct Visit {
        std::size_t node;
        std::size_t next_successor = 0;
    };

    void visit_all_from(std::size_t start) {
        std::vector<Visit> visits;
        const auto enter = [&](std::size_t node) {
            number_[node] = lowest_[node] = next_number_++;
            open_.push_back(node);
            visits.push_back({node});
        };
        enter(start);
        while (!visits.empty()) {
            const std::size_t node = visits.back().node;
            if (visits.back().next_successor < graph_[node].size()) {
                const std::size_t successor = graph_[node][visits.back().next_successor++];
                if (number_[successor] == none) {
                    enter(successor);
                } else if (component_[successor] == none) {
                    lowest_[node] = std::min(lowest_[node], number_[successor]);
                }
                continue;
            }
            visits.pop_back();
            if (!visits.empty()) {
                std::size_t& caller = lowest_[visits.back().node];
                caller = std::min(caller, lowest_[node]);
            }
            if (lowest_[node] == number_[node]) {
                close_component(node);
            }
        }
    }

    void close_component(std::size_t root) {
        std::size_t node = none;
        do {
            node = open_.back();
            open_.pop_back();
            component_[node] = next_component_;
        } while (node != root);
        ++next_component_;
    }

    const Successors& graph_;
    std::vector<std::size_t> number_;  // in the order of discovery
    std::vector<std::size_t> lowest_;  // of what can be reached in the open components
    std::vector<std::size_t> component_;
    std::vector<std::size_t> open_;  // visited, component not known yet
    std::size_t next_number_ = 0;
    std::size_t next_component_ = 0;
};

}  // namespace

std::vector<std::size_t> strong_components(const Successors& graph) { return Search(graph).run(); }

}  // namespace appliance
