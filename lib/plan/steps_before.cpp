// What comes before the first start: repairs, the network, host ports that must come free, creates.

#include <algorithm>
#include <utility>

#include "plan/removal.hpp"
#include "plan/steps.hpp"

namespace plan {
namespace {

// A host port that a container has or wants.
struct Listener {
    ContainerId container;
    HostPort port;
    std::string host_ip;  // empty: on all addresses
};

std::vector<Listener> listeners(const appliance::Appliance& appliance) {
    std::vector<Listener> all;
    for (const appliance::Container& container : appliance.containers) {
        for (const appliance::Port& port : container.ports) {
            if (port.host_port != 0 && container.instances > 0) {
                all.push_back({container.id, {port.host_port, port.protocol}, port.host_ip});
            }
        }
    }
    return all;
}

// The engine knows nothing of the ports of a container in host mode.
std::vector<Listener> listeners(const ObservedInstance& instance) {
    const ContainerId& id = instance.instance.container;
    std::vector<Listener> all;
    for (const BoundPort& port : instance.ports) {
        all.push_back({id, {port.host_port, port.protocol}, port.host_ip});
    }
    if (instance.entry && instance.entry->host_network) {
        for (const RecordedPort& port : instance.entry->ports) {
            all.push_back({id, {port.container_port, port.protocol}, ""});
        }
    }
    return all;
}

bool overlap(const std::string& one, const std::string& other) {
    if (one.empty() || other.empty() || one == other) {
        return true;
    }
    const bool is_v6 = one.find(':') != std::string::npos;
    const char* all = is_v6 ? "::" : "0.0.0.0";
    return is_v6 == (other.find(':') != std::string::npos) && (one == all || other == all);
}

bool collide(const Listener& one, const Listener& other) {
    return one.port == other.port && overlap(one.host_ip, other.host_ip);
}

}  // namespace

void Steps::repair() {
    for (const Repair& repair : decisions_.repairs) {
        const ObservedInstance& candidate = *repair.candidate;
        const Instance& instance = candidate.instance;
        if (repair.kind == Repair::Kind::promote) {
            repaired_[instance] = plan_.add(PromoteCandidate{instance, candidate.engine_id}, begin_,
                                            update_unfinished);
            continue;
        }
        std::vector<StepIndex> after = begin_;
        if (must_be_stopped(candidate)) {
            after = {plan_.add(StopInstance{instance, candidate.engine_id, Role::candidate}, after,
                               update_unfinished)};
        }
        if (repair.kind == Repair::Kind::take_back && !must_be_stopped(*repair.original)) {
            const auto if_spoiled = is_as_wanted(*repair.original)
                                        ? StartInstance::IfSpoiled::make_anew
                                        : StartInstance::IfSpoiled::fail;
            after = {plan_.add(
                StartInstance{instance, repair.original->engine_id, Role::instance, if_spoiled},
                after, update_unfinished)};
            plan_.steps.back().closes_gap = true;
        }
        repaired_[instance] =
            plan_.add(DeleteInstance{instance, candidate.engine_id, Role::candidate}, after,
                      update_unfinished);
    }
}

bool Steps::is_as_wanted(const ObservedInstance& instance) const {
    const auto& entries = decisions_.record.containers;
    return std::any_of(entries.begin(), entries.end(), [&](const RecordedContainer& entry) {
        return entry.id == instance.instance.container && entry.fingerprint == instance.fingerprint;
    });
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
    std::vector<Removal> removals;
    const auto take_away = [&](const ObservedInstance& instance) {
        const bool on_one =
            std::any_of(observed_.networks.begin(), observed_.networks.end(),
                        [&](const auto& network) { return network.id == instance.network_mode; });
        if (on_one) {
            removals.push_back({&instance, "needs a network with fixed addresses"});
        }
    };
    for (const auto& container : decisions_.containers) {
        for (const Decision& decision : container) {
            if (decision.observed != nullptr && !decision.done) {  // a job that is done holds none
                take_away(*decision.observed);
            }
        }
    }
    for (const Removal& leftover : decisions_.leftovers) {
        take_away(*leftover.instance);
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
    const std::vector<Listener> wanted = listeners(desired_.appliance);
    const auto take_away_where_in_the_way = [&](const ObservedInstance& holder,
                                                const std::string& reason) {
        const std::vector<Listener> held = listeners(holder);
        const bool in_the_way = std::any_of(held.begin(), held.end(), [&](const Listener& one) {
            return std::any_of(wanted.begin(), wanted.end(), [&](const Listener& other) {
                return one.container != other.container && collide(one, other);
            });
        });
        if (in_the_way && !gone_.contains(holder.engine_id)) {
            const StepIndex gone = add_removal(plan_, {&holder, reason}, after(holder.instance));
            gone_.emplace(holder.engine_id, gone);
            for (const Listener& one : held) {
                freed_ports_[one.port].push_back(gone);
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
    const auto gone =
        decision.observed == nullptr ? gone_.end() : gone_.find(decision.observed->engine_id);
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
                return created_[decision.instance] =
                           plan_.add(CreateInstance{decision.instance, Role::candidate}, before,
                                     decision.reason);
            }
            break;
    }
    return created_[decision.instance] =
               plan_.add(CreateInstance{decision.instance}, before, decision.reason);
}

}  // namespace plan
