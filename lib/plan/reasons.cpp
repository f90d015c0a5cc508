#include "plan/reasons.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace plan {
namespace {

constexpr std::size_t most_numbers = 3;
constexpr std::size_t most_groups = 2;

// "2", "2 and 3", "2, 3 and 4", "2, 3, 4 and 9 more"
std::string listed(const std::vector<int>& numbers) {
    if (numbers.size() == 1) {
        return fmt::format("{}", numbers.front());
    }
    const std::size_t shown = std::min(numbers.size(), most_numbers);
    const auto end = numbers.begin() + static_cast<std::ptrdiff_t>(shown);
    if (shown < numbers.size()) {
        return fmt::format("{} and {} more", fmt::join(numbers.begin(), end, ", "),
                           numbers.size() - shown);
    }
    return fmt::format("{} and {}", fmt::join(numbers.begin(), end - 1, ", "), *(end - 1));
}

// "is not there" is said of one.
std::string of_several(const std::string& reason) {
    if (reason.starts_with("is ")) {
        return "are " + reason.substr(3);
    }
    return reason.starts_with("was ") ? "were " + reason.substr(4) : reason;
}

}  // namespace

void Reasons::add(int instance, std::string reason) {
    const auto same = std::find_if(groups_.begin(), groups_.end(),
                                   [&](const Group& group) { return group.reason == reason; });
    if (same == groups_.end()) {
        groups_.push_back({std::move(reason), {instance}});
    } else {
        same->instances.push_back(instance);
    }
}

std::string Reasons::text(int instances) const {
    if (groups_.empty()) {
        return "";
    }
    if (instances == 1) {
        return groups_.front().reason;
    }
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < std::min(groups_.size(), most_groups); ++i) {
        const auto& [reason, numbers] = groups_[i];
        parts.push_back(numbers.size() == 1
                            ? fmt::format("instance {}: {}", numbers.front(), reason)
                            : fmt::format("instances {}: {}", listed(numbers), of_several(reason)));
    }
    std::size_t others = 0;
    for (std::size_t i = most_groups; i < groups_.size(); ++i) {
        others += groups_[i].instances.size();
    }
    if (others > 0) {
        parts.push_back(fmt::format("{} more", others));
    }
    return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace plan
