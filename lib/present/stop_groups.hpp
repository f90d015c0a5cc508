#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plan/step.hpp"

namespace present {

// The stops of a plan that wait for equally many others: one line tells of them all.
class StopGroups {
public:
    StopGroups() = default;
    explicit StopGroups(const plan::Plan& plan);

    struct Stopped {
        std::vector<std::string> instances;  // livy.1
        std::chrono::microseconds took{0};   // the longest
    };

    // The whole group, once the last of it has ended.
    [[nodiscard]] std::optional<Stopped> ended(plan::StepIndex step,
                                               std::chrono::microseconds took);
    // What has ended of groups that did not come to their end.
    [[nodiscard]] std::vector<Stopped> unfinished() const;

private:
    struct Group {
        std::size_t left = 0;
        Stopped stopped;
    };
    std::map<plan::StepIndex, std::size_t> depth_;  // of each stop
    std::map<std::size_t, Group> groups_;           // by depth
    std::map<plan::StepIndex, std::string> names_;
};

}  // namespace present
