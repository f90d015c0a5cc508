#include "apply/schedule.hpp"

#include <limits>

#include "base/overload.hpp"

namespace apply {

Schedule::Schedule(const plan::Plan& plan, std::size_t stops_at_once)
    : plan_(plan),
      dependents_(plan.steps.size()),
      missing_(plan.steps.size()),
      done_(plan.steps.size()) {
    limits_.fill(std::numeric_limits<std::size_t>::max());
    limits_[creates] = limits_[starts] = at_once;
    limits_[stops] = stops_at_once;
    for (plan::StepIndex i = 0; i < plan.steps.size(); ++i) {
        missing_[i] = plan.steps[i].after.size();
        for (const plan::StepIndex before : plan.steps[i].after) {
            dependents_[before].push_back(i);
        }
        if (missing_[i] == 0) {
            ready_[lane_of(plan.steps[i].action)].push(i);
        }
    }
}

Schedule::Lane Schedule::lane_of(const plan::Action& action) {
    return std::visit(base::Overload{
                          [](const plan::CreateInstance&) { return creates; },
                          [](const plan::RestorePolicy&) { return starts; },
                          [](const plan::MarkFailed&) { return others; },
                          [](const plan::StartInstance&) { return starts; },
                          [](const plan::ResumeInstance&) { return starts; },
                          [](const plan::StopInstance&) { return stops; },
                          [](const plan::DeleteInstance&) { return stops; },
                          [](const plan::WriteRecord&) { return others; },
                          [](const plan::CreateNetwork&) { return others; },
                          [](const plan::PromoteCandidate&) { return stops; },
                          [](const plan::DeleteNetwork&) { return others; },
                          [](const plan::DeleteVolume&) { return others; },
                          [](const plan::AwaitCandidate&) { return waits; },
                          [](const plan::AwaitReady&) { return waits; },
                          [](const plan::Milestone&) { return waits; },
                      },
                      action);
}

std::optional<plan::StepIndex> Schedule::next() {
    if (stopped_) {
        return next_that_closes_a_gap();
    }
    for (const Lane lane : {others, waits, stops, creates, starts}) {
        if (ready_[lane].empty() || busy_[lane] >= limits_[lane] ||
            (lane == starts && hold_starts_)) {
            continue;
        }
        const plan::StepIndex step = ready_[lane].top();
        ready_[lane].pop();
        ++busy_[lane];
        ++in_flight_;
        return step;
    }
    return std::nullopt;
}

// What took something away is not left at that.
std::optional<plan::StepIndex> Schedule::next_that_closes_a_gap() {
    auto& ready = ready_[starts];
    while (!ready.empty()) {
        const plan::StepIndex step = ready.top();
        ready.pop();
        if (plan_.steps[step].closes_gap) {
            ++busy_[starts];
            ++in_flight_;
            return step;
        }
    }
    return std::nullopt;
}

void Schedule::ended_well(plan::StepIndex step) {
    end(step);
    done_[step] = true;
    ++ended_well_;
    for (const plan::StepIndex dependent : dependents_[step]) {
        if (--missing_[dependent] == 0) {
            ready_[lane_of(plan_.steps[dependent].action)].push(dependent);
        }
    }
}

void Schedule::failed(plan::StepIndex step) { end(step); }

void Schedule::end(plan::StepIndex step) {
    --busy_[lane_of(plan_.steps[step].action)];
    --in_flight_;
}

}  // namespace apply
