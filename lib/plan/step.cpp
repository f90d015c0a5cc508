#include "plan/step.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/overload.hpp"

namespace plan {
namespace {

std::string words(const Action& action) {
    return std::visit(
        base::Overload{
            [](const WriteRecord& step) { return fmt::format("write record {}", step.volume); },
            [](const CreateNetwork& step) {
                return fmt::format(
                    "create network {}{}", step.name,
                    step.addresses == Addresses::fixed ? " with a fixed subnet" : "");
            },
            [](const CreateInstance& step) {
                return fmt::format("create {}", to_string(step.instance, step.role));
            },
            [](const RestorePolicy& step) {
                return fmt::format("restore restart policy of {}", to_string(step.instance));
            },
            [](const MarkFailed& step) {
                return fmt::format("mark {} as failed", to_string(step.instance));
            },
            [](const StartInstance& step) {
                return fmt::format("start {}", to_string(step.instance, step.role));
            },
            [](const ResumeInstance& step) {
                return fmt::format("resume {}", to_string(step.instance));
            },
            [](const StopInstance& step) {
                return fmt::format("stop {}", to_string(step.instance, step.role));
            },
            [](const DeleteInstance& step) {
                return fmt::format("delete {}", to_string(step.instance, step.role));
            },
            [](const PromoteCandidate& step) {
                return fmt::format("rename {} to {}", to_string(step.instance, Role::candidate),
                                   to_string(step.instance));
            },
            [](const DeleteNetwork& step) { return fmt::format("delete network {}", step.name); },
            [](const DeleteVolume& step) { return fmt::format("delete volume {}", step.name); },
            [](const AwaitCandidate& step) {
                return fmt::format("await {}", to_string(step.instance, Role::candidate));
            },
            [](const AwaitReady& step) { return fmt::format("await {}", step.container); },
            [](const Milestone& step) {
                return std::string(step.point == Milestone::Point::created ? "all are created"
                                                                           : "all are ready");
            },
        },
        action);
}

}  // namespace

std::optional<Instance> instance_of(const Action& action) {
    return std::visit(
        [](const auto& one) -> std::optional<Instance> {
            if constexpr (requires { one.instance; }) {
                return one.instance;
            } else {
                return std::nullopt;
            }
        },
        action);
}

StepIndex Plan::add(Action action, std::vector<StepIndex> after, std::string reason) {
    std::sort(after.begin(), after.end());
    after.erase(std::unique(after.begin(), after.end()), after.end());
    steps.push_back({std::move(action), std::move(reason), std::move(after)});
    return steps.size() - 1;
}

bool Plan::changes_nothing() const {
    return std::all_of(steps.begin(), steps.end(), [](const Step& step) {
        return std::holds_alternative<AwaitReady>(step.action) ||
               std::holds_alternative<Milestone>(step.action);
    });
}

std::string to_text(const Plan& plan) {
    std::string text;
    for (StepIndex i = 0; i < plan.steps.size(); ++i) {
        const Step& step = plan.steps[i];
        text += fmt::format("{} {}", i, words(step.action));
        if (!step.reason.empty()) {
            text += fmt::format(" ({})", step.reason);
        }
        if (!step.after.empty()) {
            text += fmt::format(" after {}", fmt::join(step.after, " "));
        }
        if (!step.best_effort.empty()) {
            text += fmt::format(" best effort ({})", step.best_effort);
        }
        text += '\n';
    }
    return text;
}

std::string ways_back_to_text(const Plan& plan) {
    std::string text;
    for (const Group& group : plan.groups) {
        text += fmt::format("{} until {} begins\n", to_string(group.instance), group.commit);
        for (const WayBackStep& step : group.way_back) {
            text += fmt::format("  {}", words(step.action));
            if (step.undoes) {
                text += fmt::format(" undoes {}", *step.undoes);
            }
            text += '\n';
        }
    }
    return text;
}

}  // namespace plan
