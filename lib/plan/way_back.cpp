#include "plan/way_back.hpp"

#include <utility>

#include "base/overload.hpp"

namespace plan {
namespace {

// Replaces a reference to a step by the ID of what the step made. False where it made nothing.
bool resolve(ContainerRef& container, const Progress& progress) {
    if (const auto* created = std::get_if<CreatedBy>(&container)) {
        auto id = progress.created(created->step);
        if (!id) {
            return false;
        }
        container = std::move(*id);
    }
    return true;
}

bool resolve(Action& action, const Progress& progress) {
    return std::visit(base::Overload{
                          [&](StopInstance& step) { return resolve(step.container, progress); },
                          [&](StartInstance& step) { return resolve(step.container, progress); },
                          [&](DeleteInstance& step) { return resolve(step.container, progress); },
                          [](auto&) { return true; },
                      },
                      action);
}

}  // namespace

Plan way_back(const Plan& failed, const Progress& progress) {
    Plan back;
    for (const Group& group : failed.groups) {
        if (progress.began(group.commit)) {
            continue;
        }
        std::vector<StepIndex> before;
        bool restarts = false;
        for (const WayBackStep& step : group.way_back) {
            Action action = step.action;
            if ((step.undoes && !progress.began(*step.undoes)) || !resolve(action, progress)) {
                continue;
            }
            restarts = restarts || std::holds_alternative<StartInstance>(action);
            before = {back.add(std::move(action), std::move(before), "the update failed")};
        }
        if (restarts) {
            back.changes.push_back({Change::Kind::start, group.instance, "the update failed"});
        }
    }
    return back;
}

}  // namespace plan
