// Starts in the order of needs, and replacements.

#include <algorithm>
#include <utility>

#include "plan/order.hpp"
#include "plan/removal.hpp"
#include "plan/steps.hpp"

namespace plan {

void Steps::start_in_order() {
    std::vector<Needs> graph;
    std::map<ContainerId, std::size_t> index;
    for (const appliance::Container& container : desired_.appliance.containers) {
        index.emplace(container.id, graph.size());
        graph.push_back({container.id, container.needs});
    }
    find_awaited();
    for (const ContainerId& id : in_order_of_needs(graph)) {
        const std::size_t i = index.at(id);
        start(desired_.appliance.containers[i], decisions_.containers[i]);
    }
}

void Steps::find_awaited() {
    const bool all = wait_ == ReconcileOptions::Wait::until_ready;
    for (std::size_t i = 0; i < decisions_.containers.size(); ++i) {
        const appliance::Container& container = desired_.appliance.containers[i];
        const bool starts = std::any_of(
            decisions_.containers[i].begin(), decisions_.containers[i].end(),
            [](const Decision& decision) { return decision.kind != Decision::Kind::leave; });
        if (all) {
            awaited_.insert(container.id);
        } else if (starts) {
            awaited_.insert(container.needs.begin(), container.needs.end());
        }
    }
}

void Steps::start(const appliance::Container& container, const std::vector<Decision>& decisions) {
    std::vector<StepIndex> before = begin_;
    for (const ContainerId& need : container.needs) {
        if (const auto awaited = ready_.find(need); awaited != ready_.end()) {
            before.push_back(awaited->second);
        }
    }
    for (const appliance::Port& port : container.ports) {
        if (const auto freed = freed_ports_.find({port.host_port, port.protocol});
            freed != freed_ports_.end()) {
            before.insert(before.end(), freed->second.begin(), freed->second.end());
        }
    }
    std::vector<StepIndex> started;
    std::optional<StepIndex> replaced;  // one at a time, so that the others serve meanwhile
    bool unsure = false;                // it runs, but that does not make it ready
    for (const Decision& decision : decisions) {
        std::vector<StepIndex> own = before;
        if (const auto repaired = repaired_.find(decision.instance); repaired != repaired_.end()) {
            own.push_back(repaired->second);
        }
        const bool gone =
            decision.observed != nullptr && gone_.contains(decision.observed->engine_id);
        switch (decision.kind) {
            case Decision::Kind::leave:
                unsure =
                    unsure || (!decision.done && (container.health_check.has_value() ||
                                                  container.type == appliance::ContainerType::job));
                break;
            case Decision::Kind::replace:
            case Decision::Kind::finish:
                if (!gone) {
                    if (replaced) {
                        own.push_back(*replaced);
                    }
                    replaced = replace(decision, std::move(own));
                    started.push_back(*replaced);
                    break;
                }
                [[fallthrough]];
            case Decision::Kind::create:
            case Decision::Kind::renew: {
                const StepIndex created = created_.at(decision.instance);
                started.push_back(plan_.add(StartInstance{decision.instance, CreatedBy{created}},
                                            own, decision.reason));
                if (decision.kind == Decision::Kind::create && is_update()) {
                    plan_.groups.push_back(
                        {decision.instance,
                         started.back(),
                         {{DeleteInstance{decision.instance, CreatedBy{created}}, created}}});
                }
                break;
            }
            case Decision::Kind::start: {
                const std::string& id = decision.observed->engine_id;
                const bool stops = must_be_stopped(*decision.observed);
                if (stops) {  // it is between two crashes, where the engine takes no start
                    own = {plan_.add(StopInstance{decision.instance, id}, std::move(own),
                                     decision.reason)};
                }
                const StepIndex restored =
                    plan_.add(RestorePolicy{decision.instance, id}, own, decision.reason);
                plan_.steps.back().closes_gap = stops;
                started.push_back(
                    plan_.add(StartInstance{decision.instance, id}, {restored}, decision.reason));
                plan_.steps.back().closes_gap = stops;
                break;
            }
            case Decision::Kind::resume:
                started.push_back(
                    plan_.add(ResumeInstance{decision.instance, decision.observed->engine_id}, own,
                              decision.reason));
                break;
        }
    }
    if (!awaited_.contains(container.id)) {
        ended_.insert(ended_.end(), started.begin(), started.end());
    } else if (unsure || !started.empty()) {
        ready_[container.id] =
            plan_.add(AwaitReady{container.id}, started.empty() ? before : started);
    }
}

StepIndex Steps::replace(const Decision& decision, std::vector<StepIndex> before) {
    const auto& instance = decision.instance;
    const std::string& old_id = decision.observed->engine_id;
    const std::optional<StepIndex> created =
        decision.candidate ? std::nullopt : std::optional(created_.at(instance));
    const ContainerRef candidate =
        created ? ContainerRef(CreatedBy{*created}) : ContainerRef(decision.candidate->engine_id);
    std::optional<StepIndex> stopped;
    std::optional<StepIndex> started;
    if (must_be_stopped(*decision.observed)) {
        stopped = plan_.add(StopInstance{instance, old_id}, std::move(before), decision.reason);
        before = {*stopped};
    }
    if (!decision.candidate || !must_be_stopped(*decision.candidate)) {
        started = plan_.add(StartInstance{instance, candidate, Role::candidate}, std::move(before),
                            decision.reason);
        plan_.steps.back().closes_gap = stopped.has_value();
        before = {*started};
    }
    if (wait_ == ReconcileOptions::Wait::until_ready) {
        before = {plan_.add(AwaitCandidate{instance, candidate}, std::move(before))};
    }
    const StepIndex deleted =
        plan_.add(DeleteInstance{instance, old_id}, std::move(before), decision.reason);
    // In this order both are lost at no moment. For as long as the candidate is there, the next
    // `up` knows that there is something to put right.
    plan_.groups.push_back(
        {instance,
         deleted,
         {{StopInstance{instance, candidate, Role::candidate}, started},
          {StartInstance{instance, old_id, Role::instance, StartInstance::IfSpoiled::fail},
           stopped},
          {DeleteInstance{instance, candidate, Role::candidate}, created}}});
    return plan_.add(PromoteCandidate{instance, candidate}, {deleted}, decision.reason);
}

}  // namespace plan
