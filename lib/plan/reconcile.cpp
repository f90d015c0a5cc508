#include "plan/reconcile.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "plan/steps.hpp"

namespace plan {
namespace {

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

Change::Kind as_change(Repair::Kind kind) {
    switch (kind) {
        case Repair::Kind::take_back:
        case Repair::Kind::drop: return Change::Kind::start;
        case Repair::Kind::promote: break;
    }
    return Change::Kind::replace;
}

// IDs of existing containers that the plan deletes.
std::set<std::string> deleted_ids(const Plan& plan) {
    std::set<std::string> ids;
    for (const Step& step : plan.steps) {
        if (const auto* gone = std::get_if<DeleteInstance>(&step.action)) {
            if (const std::string* id = existing_id(gone->container)) {
                ids.insert(*id);
            }
        }
    }
    return ids;
}

// Candidates that are only renamed.
std::set<std::string> renamed_only(const Plan& plan) {
    std::set<std::string> ids;
    const auto existing = [](const Action& action) -> const std::string* {
        if (const auto* promoted = std::get_if<PromoteCandidate>(&action)) {
            return existing_id(promoted->container);
        }
        if (const auto* start = std::get_if<StartInstance>(&action)) {
            return existing_id(start->container);
        }
        const auto* await = std::get_if<AwaitCandidate>(&action);
        return await == nullptr ? nullptr : existing_id(await->container);
    };
    for (const Step& step : plan.steps) {
        const std::string* id = existing(step.action);
        if (id != nullptr && std::holds_alternative<PromoteCandidate>(step.action)) {
            ids.insert(*id);
        }
    }
    for (const Step& step : plan.steps) {
        const std::string* id = existing(step.action);
        if (id != nullptr && !std::holds_alternative<PromoteCandidate>(step.action)) {
            ids.erase(*id);
        }
    }
    return ids;
}

// None: the instance does not go on.
std::optional<Expectation::State> expected_state(const ObservedInstance& instance,
                                                 appliance::ContainerType type) {
    const bool is_job = type == appliance::ContainerType::job;
    if (is_job && instance.state == RunState::exited && instance.exit_code == 0) {
        return Expectation::State::succeeded;
    }
    if (instance.state == RunState::running) {
        return instance.health == Health::healthy ? Expectation::State::runs_and_is_healthy
                                                  : Expectation::State::runs;
    }
    return is_job && instance.state == RunState::restarting
               ? std::optional(Expectation::State::runs)
               : std::nullopt;
}

}  // namespace

Plan Steps::take() {
    list_changes();
    write_record();
    repair();
    leave_lost_networks();
    make_network();
    free_wanted_ports();
    create();
    start_in_order();
    remove_what_is_left();
    mark_what_goes();
    list_expected();
    return std::move(plan_);
}

void Steps::list_changes() {
    for (const auto& container : decisions_.containers) {
        for (const Decision& decision : container) {
            const auto repair = std::find_if(
                decisions_.repairs.begin(), decisions_.repairs.end(),
                [&](const Repair& one) { return one.candidate->instance == decision.instance; });
            if (const auto change = as_change(decision.kind)) {
                plan_.changes.push_back(
                    {*change, decision.instance, decision.reason, decision.changed});
            } else if (repair != decisions_.repairs.end()) {
                plan_.changes.push_back(
                    {as_change(repair->kind), decision.instance, update_unfinished});
            } else {
                ++plan_.unchanged;
            }
        }
    }
    for (const Removal& removal : decisions_.leftovers) {
        plan_.changes.push_back({Change::Kind::remove, removal.instance->instance, removal.reason});
    }
}

void Steps::write_record() {
    const std::uint64_t last = observed_.records.empty() ? 0 : observed_.records.back().revision;
    std::string text = to_text(decisions_.record);
    if (last != 0 && observed_.records.back().text == text) {
        current_revision_ = last;
        return;
    }
    current_revision_ = last + 1;
    WriteRecord write{record_name(desired_.appliance.id, current_revision_), std::move(text)};
    const auto before = current_record(observed_);
    if (before && before->containers == decisions_.record.containers) {
        record_at_the_end_ = std::move(write);
    } else {
        begin_ = {plan_.add(std::move(write), {})};
    }
}

void Steps::remove_what_is_left() {
    std::vector<Removal> later;
    std::vector<StepIndex> removed;
    for (const Removal& removal : decisions_.leftovers) {
        if (const auto early = gone_.find(removal.instance->engine_id); early != gone_.end()) {
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
    if (later.empty() && !networks_left && std::none_of(records.begin(), records.end(), is_old)) {
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
    if (record_at_the_end_) {
        removed.push_back(plan_.add(std::move(*record_at_the_end_), removed));
    }
    for (const StoredRecord& record : records) {
        if (is_old(record)) {
            plan_.add(DeleteVolume{record.volume}, removed);
        }
    }
}

void Steps::mark_what_goes() {
    const std::set<std::string> deleted = deleted_ids(plan_);
    for (Step& step : plan_.steps) {
        const auto* start = std::get_if<StartInstance>(&step.action);
        const std::string* id = start == nullptr ? nullptr : existing_id(start->container);
        if (id != nullptr && deleted.contains(*id)) {
            step.best_effort = "what takes its place comes later in the plan";
        }
    }
}

void Steps::list_expected() {
    const std::set<std::string> deleted = deleted_ids(plan_);
    const std::set<std::string> renamed = renamed_only(plan_);
    std::map<ContainerId, const appliance::Container*> containers;
    for (const appliance::Container& container : desired_.appliance.containers) {
        containers.emplace(container.id, &container);
    }
    for (const ObservedInstance& one : observed_.instances) {
        const auto container = containers.find(one.instance.container);
        if (container == containers.end() || one.instance.number > container->second->instances ||
            (one.role == Role::candidate && !renamed.contains(one.engine_id)) ||
            deleted.contains(one.engine_id)) {
            continue;
        }
        if (const auto state = expected_state(one, container->second->type)) {
            plan_.expected.push_back({one.instance, one.engine_id, *state});
        }
    }
}

Plan reconcile(const Desired& desired, const Observed& observed, const ReconcileOptions& options) {
    return Steps(desired, observed, decide(desired, observed, options), options.wait).take();
}

}  // namespace plan
