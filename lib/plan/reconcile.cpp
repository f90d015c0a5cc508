#include "plan/reconcile.hpp"

#include <algorithm>
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
    std::string text = to_text(decisions_.record);
    if (!observed_.records.empty() && observed_.records.back().text == text) {
        current_revision_ = observed_.records.back().revision;
        return;
    }
    current_revision_ = observed_.records.empty() ? 1 : observed_.records.back().revision + 1;
    begin_ = {plan_.add(
        WriteRecord{record_name(desired_.appliance.id, current_revision_), std::move(text)}, {})};
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
    for (const StoredRecord& record : records) {
        if (is_old(record)) {
            plan_.add(DeleteVolume{record.volume}, removed);
        }
    }
}

Plan reconcile(const Desired& desired, const Observed& observed, const ReconcileOptions& options) {
    return Steps(desired, observed, decide(desired, observed, options), options.wait).take();
}

}  // namespace plan
