#include "plan/reconcile.hpp"

#include <algorithm>
#include <map>
#include <optional>
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
        case Decision::Kind::replace: return Change::Kind::replace;
        case Decision::Kind::start:
        case Decision::Kind::resume: return Change::Kind::start;
    }
    return std::nullopt;
}

// Turns decisions into steps, front to back: each function adds one kind of step.
class Steps {
public:
    Steps(const Desired& desired, const Observed& observed, Decisions decisions)
        : desired_(desired), observed_(observed), decisions_(std::move(decisions)) {}

    Plan take() {
        list_changes();
        write_record();
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

    void make_network() {
        const auto& containers = desired_.appliance.containers;
        const bool needed =
            std::any_of(containers.begin(), containers.end(), [](const auto& container) {
                return container.network_mode != appliance::NetworkMode::host &&
                       container.instances > 0;
            });
        if (needed && observed_.networks.empty()) {
            begin_ = {plan_.add(CreateNetwork{network_name(desired_.appliance.id)}, begin_)};
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
            if (in_the_way) {
                const StepIndex gone = add_removal(plan_, {&holder, reason}, begin_);
                gone_.emplace(holder.instance, gone);
                for (const BoundPort& port : holder.ports) {
                    freed_ports_[{port.host_port, port.protocol}].push_back(gone);
                }
            }
        };
        for (const auto& container : decisions_.containers) {
            for (const Decision& decision : container) {
                if (decision.kind == Decision::Kind::replace) {
                    take_away_where_in_the_way(*decision.observed, decision.reason);
                }
            }
        }
        for (const Removal& removal : decisions_.leftovers) {
            take_away_where_in_the_way(*removal.instance, removal.reason);
        }
    }

    // All at once and before the first start: what the engine refuses to create is known before
    // anything runs.
    void create() {
        std::vector<StepIndex> created;
        for (const auto& container : decisions_.containers) {
            for (const Decision& decision : container) {
                if (decision.kind == Decision::Kind::create) {
                    created.push_back(
                        plan_.add(CreateInstance{decision.instance}, begin_, decision.reason));
                }
            }
        }
        if (!created.empty()) {
            begin_ = {plan_.add(Milestone{Milestone::Point::created}, created)};
        }
    }

    void start_in_order() {
        std::vector<Needs> graph;
        std::map<ContainerId, std::size_t> index;
        for (const appliance::Container& container : desired_.appliance.containers) {
            index.emplace(container.id, graph.size());
            graph.push_back({container.id, container.needs});
        }
        for (const ContainerId& id : in_order_of_needs(graph)) {
            const std::size_t i = index.at(id);
            start(desired_.appliance.containers[i], decisions_.containers[i]);
        }
    }

    void start(const appliance::Container& container, const std::vector<Decision>& decisions) {
        std::vector<StepIndex> after = begin_;
        for (const ContainerId& need : container.needs) {
            if (const auto awaited = ready_.find(need); awaited != ready_.end()) {
                after.push_back(awaited->second);
            }
        }
        for (const appliance::Port& port : container.ports) {
            if (const auto freed = freed_ports_.find({port.host_port, port.protocol});
                freed != freed_ports_.end()) {
                after.insert(after.end(), freed->second.begin(), freed->second.end());
            }
        }
        std::vector<StepIndex> started;
        for (const Decision& decision : decisions) {
            if (decision.kind != Decision::Kind::leave) {
                started.push_back(start(decision, after));
            }
        }
        if (!started.empty()) {
            ready_[container.id] = plan_.add(AwaitReady{container.id}, started);
        }
    }

    StepIndex start(const Decision& decision, const std::vector<StepIndex>& after) {
        const auto& [kind, instance, observed, reason] = decision;
        if (kind == Decision::Kind::resume) {
            return plan_.add(ResumeInstance{instance, observed->engine_id}, after, reason);
        }
        if (kind == Decision::Kind::start) {
            const StepIndex restored =
                plan_.add(RestorePolicy{instance, observed->engine_id}, after, reason);
            return plan_.add(StartInstance{instance, observed->engine_id}, {restored}, reason);
        }
        std::vector<StepIndex> before_start = after;
        if (kind == Decision::Kind::replace) {
            const auto early = gone_.find(instance);
            const StepIndex gone = early != gone_.end()
                                       ? early->second
                                       : add_removal(plan_, {observed, reason}, after);
            before_start.push_back(plan_.add(CreateInstance{instance}, {gone}, reason));
        }
        return plan_.add(StartInstance{instance, ""}, std::move(before_start), reason);
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
        if (later.empty() && observed_.networks.size() < 2 &&
            std::none_of(records.begin(), records.end(), is_old)) {
            return;
        }
        std::vector<StepIndex> all = begin_;
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
            if (network.id != decisions_.network_id) {
                removed.push_back(
                    plan_.add(DeleteNetwork{network.id, network.name}, removed, "is there twice"));
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
    Plan plan_;
    std::uint64_t current_revision_ = 0;
    std::vector<StepIndex> begin_;  // what every further step waits for
    std::map<HostPort, std::vector<StepIndex>> freed_ports_;
    std::map<Instance, StepIndex> gone_;  // taken away at the beginning
    std::map<ContainerId, StepIndex> ready_;
};

}  // namespace

Plan reconcile(const Desired& desired, const Observed& observed, const ReconcileOptions& options) {
    return Steps(desired, observed, decide(desired, observed, options)).take();
}

}  // namespace plan
