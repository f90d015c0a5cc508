// What comes before the first start: repairs, the network, host ports that must come free, creates.

#include <algorithm>
#include <set>
#include <utility>

#include "plan/removal.hpp"
#include "plan/steps.hpp"

namespace plan {

void Steps::repair() {
    for (const Repair& repair : decisions_.repairs) {
        const ObservedInstance& candidate = *repair.candidate;
        const Instance& instance = candidate.instance;
        if (repair.kind == Repair::Kind::promote) {
            repaired_[instance] = plan_.add(PromoteCandidate{instance, candidate.engine_id}, begin_,
                                            "its update was not finished");
            continue;
        }
        std::vector<StepIndex> after = begin_;
        if (must_be_stopped(candidate)) {
            after = {plan_.add(StopInstance{instance, candidate.engine_id, Role::candidate}, after,
                               "its update was not finished")};
        }
        if (repair.kind == Repair::Kind::take_back && !must_be_stopped(*repair.original)) {
            after = {plan_.add(StartInstance{instance, repair.original->engine_id}, after,
                               "its update was not finished")};
            plan_.steps.back().closes_gap = true;
        }
        repaired_[instance] =
            plan_.add(DeleteInstance{instance, candidate.engine_id, Role::candidate}, after,
                      "its update was not finished");
    }
}

bool Steps::needs_network() const {
    const auto& containers = desired_.appliance.containers;
    return std::any_of(containers.begin(), containers.end(), [](const auto& container) {
        return container.network_mode != appliance::NetworkMode::host && container.instances > 0;
    });
}

void Steps::leave_lost_networks() {
    if (!decisions_.network_id.empty() || observed_.networks.empty() || !needs_network()) {
        return;
    }
    std::set<const ObservedInstance*> done;  // jobs that hold no network any more
    for (const auto& container : decisions_.containers) {
        for (const Decision& decision : container) {
            if (decision.done) {
                done.insert(decision.observed);
            }
        }
    }
    std::vector<Removal> removals;
    for (const ObservedInstance& instance : observed_.instances) {
        const bool on_one =
            std::any_of(observed_.networks.begin(), observed_.networks.end(),
                        [&](const auto& network) { return network.id == instance.network_mode; });
        if (on_one && !done.contains(&instance)) {
            removals.push_back({&instance, "needs a network with fixed addresses"});
        }
    }
    std::vector<StepIndex> gone = begin_;
    for (const auto& [instance, step] : repaired_) {
        gone.push_back(step);
    }
    gone = add_removals(plan_, removals, gone, &gone_);
    gone.insert(gone.end(), begin_.begin(), begin_.end());
    for (const ObservedNetwork& network : observed_.networks) {
        network_gone_.push_back(plan_.add(DeleteNetwork{network.id, network.name}, gone,
                                          "its addresses cannot be chosen"));
    }
}

void Steps::make_network() {
    if (needs_network() && decisions_.network_id.empty()) {
        std::vector<StepIndex> after = begin_;
        after.insert(after.end(), network_gone_.begin(), network_gone_.end());
        begin_ = {plan_.add(
            CreateNetwork{network_name(desired_.appliance.id),
                          decisions_.hosts.slots.empty() ? Addresses::any : Addresses::fixed},
            after)};
    }
}

void Steps::free_wanted_ports() {
    std::map<HostPort, ContainerId> wanted;
    for (const appliance::Container& container : desired_.appliance.containers) {
        for (const appliance::Port& port : container.ports) {
            if (port.host_port != 0) {
                wanted.emplace(HostPort{port.host_port, port.protocol}, container.id);
            }
        }
    }
    const auto take_away_where_in_the_way = [&](const ObservedInstance& holder,
                                                const std::string& reason) {
        const bool in_the_way =
            std::any_of(holder.ports.begin(), holder.ports.end(), [&](const BoundPort& port) {
                const auto by = wanted.find({port.host_port, port.protocol});
                return by != wanted.end() && by->second != holder.instance.container;
            });
        if (in_the_way && !gone_.contains(holder.instance)) {
            const StepIndex gone = add_removal(plan_, {&holder, reason}, after(holder.instance));
            gone_.emplace(holder.instance, gone);
            for (const BoundPort& port : holder.ports) {
                freed_ports_[{port.host_port, port.protocol}].push_back(gone);
            }
        }
    };
    for (const auto& container : decisions_.containers) {
        for (const Decision& decision : container) {
            if (decision.kind == Decision::Kind::replace ||
                decision.kind == Decision::Kind::renew) {
                take_away_where_in_the_way(*decision.observed, decision.reason);
            }
        }
    }
    for (const Removal& removal : decisions_.leftovers) {
        take_away_where_in_the_way(*removal.instance, removal.reason);
    }
}

std::vector<StepIndex> Steps::after(const Instance& instance) const {
    std::vector<StepIndex> steps = begin_;
    if (const auto repaired = repaired_.find(instance); repaired != repaired_.end()) {
        steps.push_back(repaired->second);
    }
    return steps;
}

void Steps::create() {
    std::vector<StepIndex> created;
    for (const auto& container : decisions_.containers) {
        for (const Decision& decision : container) {
            if (const auto step = create(decision)) {
                created.push_back(*step);
            }
        }
    }
    if (!created.empty()) {
        begin_ = {plan_.add(Milestone{Milestone::Point::created}, created)};
    }
}

std::optional<StepIndex> Steps::create(const Decision& decision) {
    std::vector<StepIndex> before = after(decision.instance);
    const auto gone = gone_.find(decision.instance);
    const bool is_gone = gone != gone_.end();
    if (is_gone) {
        before.push_back(gone->second);
    }
    switch (decision.kind) {
        case Decision::Kind::leave:
        case Decision::Kind::finish:
        case Decision::Kind::start:
        case Decision::Kind::resume: return std::nullopt;
        case Decision::Kind::create: break;
        case Decision::Kind::renew:
            if (!is_gone) {
                before = {add_removal(plan_, {decision.observed, decision.reason}, before)};
            }
            break;
        case Decision::Kind::replace:
            if (!is_gone) {
                return plan_.add(CreateInstance{decision.instance, Role::candidate}, before,
                                 decision.reason);
            }
            break;
    }
    return plan_.add(CreateInstance{decision.instance}, before, decision.reason);
}

}  // namespace plan
