#include "plan/reconcile.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "plan/decide.hpp"
#include "plan/order.hpp"

namespace plan {
namespace {

using HostPort = std::pair<std::uint16_t, appliance::Protocol>;

std::optional<Change::Kind> as_change(Decision::Kind kind) {
    switch (kind) {
        case Decision::Kind::leave: return std::nullopt;
        case Decision::Kind::create: return Change::Kind::create;
        case Decision::Kind::replace:
        case Decision::Kind::finish:
        case Decision::Kind::renew: return Change::Kind::replace;
        case Decision::Kind::start:
        case Decision::Kind::resume: return Change::Kind::start;
    }
    return std::nullopt;
}

// Turns decisions into steps, front to back: each function adds one kind of step.
class Steps {
public:
    Steps(const Desired& desired, const Observed& observed, Decisions decisions,
          ReconcileOptions::Wait wait)
        : desired_(desired), observed_(observed), decisions_(std::move(decisions)), wait_(wait) {}

    Plan take() {
        list_changes();
        write_record();
        repair();
        leave_lost_networks();
        make_network();
        free_wanted_ports();
        create();
        start_in_order();
        remove_what_is_left();
        return std::move(plan_);
    }

private:
    void list_changes() {
        for (const auto& container : decisions_.containers) {
            for (const Decision& decision : container) {
                if (const auto change = as_change(decision.kind)) {
                    plan_.changes.push_back({*change, decision.instance, decision.reason});
                } else {
                    ++plan_.unchanged;
                }
            }
        }
        for (const Removal& removal : decisions_.leftovers) {
            plan_.changes.push_back(
                {Change::Kind::remove, removal.instance->instance, removal.reason});
        }
    }

    // Before anything is changed, so that at every moment `status` can tell what is missing.
    void write_record() {
        std::string text = to_text(decisions_.record);
        if (!observed_.records.empty() && observed_.records.back().text == text) {
            current_revision_ = observed_.records.back().revision;
            return;
        }
        current_revision_ = observed_.records.empty() ? 1 : observed_.records.back().revision + 1;
        begin_ = {plan_.add(
            WriteRecord{record_name(desired_.appliance.id, current_revision_), std::move(text)},
            {})};
    }

    void repair() {
        for (const Repair& repair : decisions_.repairs) {
            const ObservedInstance& candidate = *repair.candidate;
            const Instance& instance = candidate.instance;
            if (repair.kind == Repair::Kind::promote) {
                repaired_[instance] = plan_.add(PromoteCandidate{instance, candidate.engine_id},
                                                begin_, "its update was not finished");
                continue;
            }
            std::vector<StepIndex> after = begin_;
            if (must_be_stopped(candidate)) {
                after = {plan_.add(StopInstance{instance, candidate.engine_id, Role::candidate},
                                   after, "its update was not finished")};
            }
            if (!must_be_stopped(*repair.original)) {
                after = {plan_.add(StartInstance{instance, repair.original->engine_id}, after,
                                   "its update was not finished")};
                plan_.steps.back().closes_gap = true;
            }
            repaired_[instance] =
                plan_.add(DeleteInstance{instance, candidate.engine_id, Role::candidate}, after,
                          "its update was not finished");
        }
    }

    // Whether a container of the document is on the appliance's own network.
    [[nodiscard]] bool needs_network() const {
        const auto& containers = desired_.appliance.containers;
        return std::any_of(containers.begin(), containers.end(), [](const auto& container) {
            return container.network_mode != appliance::NetworkMode::host &&
                   container.instances > 0;
        });
    }

    // A network whose addresses cannot be chosen makes room for one where they can: the engine
    // takes the name only once, and only an empty network away.
    void leave_lost_networks() {
        if (!decisions_.network_id.empty() || observed_.networks.empty() || !needs_network()) {
            return;
        }
        std::vector<Removal> removals;
        for (const ObservedInstance& instance : observed_.instances) {
            const bool on_one = std::any_of(
                observed_.networks.begin(), observed_.networks.end(),
                [&](const auto& network) { return network.id == instance.network_mode; });
            if (on_one) {
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

    void make_network() {
        if (needs_network() && decisions_.network_id.empty()) {
            std::vector<StepIndex> after = begin_;
            after.insert(after.end(), network_gone_.begin(), network_gone_.end());
            begin_ = {plan_.add(
                CreateNetwork{network_name(desired_.appliance.id),
                              decisions_.hosts.slots.empty() ? Addresses::any : Addresses::fixed},
                after)};
        }
    }

    // A fixed host port can move to another instance only when its holder has let it go. Such
    // holders go at the beginning, whatever they need: two of them may swap their ports.
    void free_wanted_ports() {
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
                const StepIndex gone =
                    add_removal(plan_, {&holder, reason}, after(holder.instance));
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

    // What every step of an instance waits for.
    [[nodiscard]] std::vector<StepIndex> after(const Instance& instance) const {
        std::vector<StepIndex> steps = begin_;
        if (const auto repaired = repaired_.find(instance); repaired != repaired_.end()) {
            steps.push_back(repaired->second);
        }
        return steps;
    }

    // All at once and before the first start: what the engine refuses to create is known before
    // anything runs.
    void create() {
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

    std::optional<StepIndex> create(const Decision& decision) {
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

    void start_in_order() {
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

    // Those whose readiness somebody waits for: the caller, or a container that is yet to start.
    void find_awaited() {
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

    void start(const appliance::Container& container, const std::vector<Decision>& decisions) {
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
            if (const auto repaired = repaired_.find(decision.instance);
                repaired != repaired_.end()) {
                own.push_back(repaired->second);
            }
            const bool gone = gone_.contains(decision.instance);
            switch (decision.kind) {
                case Decision::Kind::leave:
                    unsure = unsure ||
                             (!decision.done && (container.health_check.has_value() ||
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
                case Decision::Kind::renew:
                    started.push_back(
                        plan_.add(StartInstance{decision.instance, ""}, own, decision.reason));
                    break;
                case Decision::Kind::start: {
                    const std::string& id = decision.observed->engine_id;
                    const StepIndex restored =
                        plan_.add(RestorePolicy{decision.instance, id}, own, decision.reason);
                    started.push_back(plan_.add(StartInstance{decision.instance, id}, {restored},
                                                decision.reason));
                    break;
                }
                case Decision::Kind::resume:
                    started.push_back(
                        plan_.add(ResumeInstance{decision.instance, decision.observed->engine_id},
                                  own, decision.reason));
                    break;
            }
        }
        ended_.insert(ended_.end(), started.begin(), started.end());
        if ((unsure || !started.empty()) && awaited_.contains(container.id)) {
            ready_[container.id] =
                plan_.add(AwaitReady{container.id}, started.empty() ? before : started);
        }
    }

    // The old one keeps its name until it is deleted, which is the point of no return.
    StepIndex replace(const Decision& decision, std::vector<StepIndex> before) {
        const auto& instance = decision.instance;
        const std::string candidate = decision.candidate ? decision.candidate->engine_id : "";
        const bool stops = must_be_stopped(*decision.observed);
        if (stops) {
            before = {plan_.add(StopInstance{instance, decision.observed->engine_id, Role::instance,
                                             StopInstance::For::replacement},
                                std::move(before), decision.reason)};
        }
        if (!decision.candidate || !must_be_stopped(*decision.candidate)) {
            before = {plan_.add(StartInstance{instance, candidate, Role::candidate},
                                std::move(before), decision.reason)};
            plan_.steps.back().closes_gap = stops;
        }
        if (wait_ == ReconcileOptions::Wait::until_ready) {
            before = {plan_.add(AwaitCandidate{instance, candidate}, std::move(before))};
        }
        before = {plan_.add(DeleteInstance{instance, decision.observed->engine_id},
                            std::move(before), decision.reason)};
        return plan_.add(PromoteCandidate{instance, candidate}, std::move(before), decision.reason);
    }

    // Last, when all the rest is there: an `up` that fails has taken nothing away.
    void remove_what_is_left() {
        std::vector<Removal> later;
        std::vector<StepIndex> removed;
        for (const Removal& removal : decisions_.leftovers) {
            if (const auto early = gone_.find(removal.instance->instance); early != gone_.end()) {
                removed.push_back(early->second);
            } else {
                later.push_back(removal);
            }
        }
        const auto is_old = [&](const StoredRecord& record) {
            return record.revision != current_revision_;
        };
        const auto& records = observed_.records;
        const bool networks_left =
            network_gone_.empty() &&
            std::any_of(observed_.networks.begin(), observed_.networks.end(),
                        [&](const auto& own) { return own.id != decisions_.network_id; });
        if (later.empty() && !networks_left &&
            std::none_of(records.begin(), records.end(), is_old)) {
            return;
        }
        std::vector<StepIndex> all = begin_;
        all.insert(all.end(), ended_.begin(), ended_.end());
        for (const auto& [instance, step] : repaired_) {
            all.push_back(step);
        }
        for (const auto& [container, step] : ready_) {
            all.push_back(step);
        }
        if (!all.empty()) {
            all = {plan_.add(Milestone{Milestone::Point::ready}, all)};
        }
        const std::vector<StepIndex> deletes = add_removals(plan_, later, all);
        removed.insert(removed.end(), deletes.begin(), deletes.end());
        removed.insert(removed.end(), all.begin(), all.end());
        for (const ObservedNetwork& network : observed_.networks) {
            if (networks_left && network.id != decisions_.network_id) {
                removed.push_back(
                    plan_.add(DeleteNetwork{network.id, network.name}, removed,
                              needs_network() ? "is there twice" : "nothing is on it any more"));
            }
        }
        for (const StoredRecord& record : records) {
            if (is_old(record)) {
                plan_.add(DeleteVolume{record.volume}, removed);
            }
        }
    }

    const Desired& desired_;
    const Observed& observed_;
    const Decisions decisions_;
    const ReconcileOptions::Wait wait_;
    Plan plan_;
    std::uint64_t current_revision_ = 0;
    std::vector<StepIndex> begin_;  // what every further step waits for
    std::map<HostPort, std::vector<StepIndex>> freed_ports_;
    std::map<Instance, StepIndex> gone_;      // taken away at the beginning
    std::map<Instance, StepIndex> repaired_;  // put right at the beginning
    std::vector<StepIndex> network_gone_;
    std::set<ContainerId> awaited_;
    std::vector<StepIndex> ended_;  // the last step of every instance that comes to run
    std::map<ContainerId, StepIndex> ready_;
};

}  // namespace

Plan reconcile(const Desired& desired, const Observed& observed, const ReconcileOptions& options) {
    return Steps(desired, observed, decide(desired, observed, options), options.wait).take();
}

}  // namespace plan
