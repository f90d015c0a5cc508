#include "unit/plan/watch.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace plan::testing {
namespace {

bool serves(const ObservedInstance& instance) {
    return instance.state == RunState::running || instance.state == RunState::paused;
}

std::set<std::uint16_t> ports_of(const ObservedInstance& instance) {
    std::set<std::uint16_t> ports;
    for (const BoundPort& port : instance.ports) {
        ports.insert(port.host_port);
    }
    if (instance.entry && instance.entry->host_network) {
        for (const RecordedPort& port : instance.entry->ports) {
            ports.insert(port.container_port);
        }
    }
    return ports;
}

}  // namespace

Watch::Watch(SimulatedEngine& engine, const Plan& plan, const Making& making,
             const Observed& before, const ReconcileOptions& options)
    : engine_(engine), plan_(plan), making_(making), options_(options) {
    for (const ObservedInstance& one : before.instances) {
        before_.insert(one.engine_id);
        const appliance::Container* own = wanted(one.instance);
        const bool is_job = one.entry->type == appliance::ContainerType::job ||
                            (own != nullptr && own->type == appliance::ContainerType::job);
        if (serves(one) && one.role == Role::instance && !is_job && !may_go_first(one, before)) {
            const bool on_a_network =
                one.network_mode == "host" ||
                std::any_of(before.networks.begin(), before.networks.end(),
                            [&](const auto& network) { return network.id == one.network_mode; });
            serving_.push_back({one.instance, one.engine_id, own != nullptr, on_a_network});
        }
    }
    for (StepIndex step = 0; step < plan.steps.size(); ++step) {
        const Action& action = plan.steps[step].action;
        const ContainerRef container = container_of(action);
        if (const std::string* id = existing_id(container)) {
            if (std::holds_alternative<DeleteInstance>(action)) {
                deleted_by_[*id] = step;
            } else if (std::holds_alternative<StopInstance>(action)) {
                stopped_by_[*id] = step;
            }
        }
    }
}

// Two that swap their ports, or a network that has to be made anew: there is no other way.
bool Watch::may_go_first(const ObservedInstance& instance, const Observed& before) const {
    const std::set<std::uint16_t> held = ports_of(instance);
    for (const appliance::Container& other : making_.appliance.containers) {
        for (const appliance::Port& port : other.ports) {
            if (other.id != instance.instance.container && other.instances > 0 &&
                held.contains(port.host_port)) {
                return true;
            }
        }
    }
    return !making_.hosts.slots.empty() && !before.networks.empty() &&
           kept_network(before, Addresses::fixed).empty();
}

void Watch::begins(StepIndex step, const SimulatedRun& run) {
    const Action& action = plan_.steps[step].action;
    const ContainerRef container = container_of(action);
    const std::string* id = existing_id(container);
    for (const Serving& one : serving_) {
        if (id != nullptr && *id == one.engine_id && one.is_wanted) {
            if (std::holds_alternative<DeleteInstance>(action)) {
                delete_begins(one, run);
            } else if (std::holds_alternative<StopInstance>(action)) {
                stop_begins(one);
            }
        }
    }
    const auto* start = std::get_if<StartInstance>(&action);
    if (start != nullptr && !plan_.steps[step].closes_gap &&
        plan_.steps[step].best_effort.empty()) {
        start_begins(*start, run);
    }
}

void Watch::delete_begins(const Serving& serving, const SimulatedRun& run) {
    if (!takes_over(engine_.find(serving.instance, Role::candidate), run)) {
        violated(serving.instance, "is deleted before its successor is ready");
    }
}

void Watch::stop_begins(const Serving& serving) {
    if (engine_.find(serving.instance, Role::candidate) == nullptr) {
        violated(serving.instance, "is stopped before its successor is made");
    }
}

void Watch::start_begins(const StartInstance& action, const SimulatedRun& run) {
    const appliance::Container* own = wanted(action.instance);
    for (const ContainerId& need : own->needs) {
        if (!run.is_ready(need)) {
            violated(action.instance, fmt::format("starts before `{}` is ready", need));
        }
    }
}

void Watch::others_serve(const SimulatedRun& run) {
    std::map<ContainerId, int> out;
    for (const Serving& one : serving_) {
        if (one.is_wanted && !runs(one.engine_id) &&
            !takes_over(engine_.find(one.instance, Role::candidate), run) &&
            !takes_over(engine_.find(one.instance, Role::instance), run) &&
            ++out[one.instance.container] > 1) {
            violated(one.instance, "is not the only instance that does not serve");
        }
    }
}

void Watch::gaps_are_closed(const SimulatedRun& run) {
    for (const Serving& one : serving_) {
        const SimulatedContainer* candidate = engine_.find(one.instance, Role::candidate);
        const bool is_gone =
            deleted_by_.contains(one.engine_id) && run.began(deleted_by_.at(one.engine_id));
        const bool failed = run.has_failed(one.engine_id) ||
                            (candidate != nullptr && run.has_failed(candidate->id));
        const bool is_replaced = candidate != nullptr && testing::runs(*candidate);
        if (one.is_wanted && !runs(one.engine_id) && !is_gone && !failed && !is_replaced) {
            violated(one.instance, "was stopped, and nothing was started in its place");
        }
    }
}

void Watch::all_serve_again(const SimulatedRun& run, Candidates left) {
    for (const Serving& one : serving_) {
        const auto deleted = deleted_by_.find(one.engine_id);
        const auto stopped = stopped_by_.find(one.engine_id);
        const bool committed =
            (deleted != deleted_by_.end() && run.began(deleted->second)) ||
            (!one.is_wanted && stopped != stopped_by_.end() && run.began(stopped->second));
        if (committed || run.has_failed(one.engine_id) || !one.can_start_again) {
            continue;
        }
        const SimulatedContainer* candidate = engine_.find(one.instance, Role::candidate);
        const SimulatedContainer* same = engine_.find(one.instance, Role::instance);
        if (same == nullptr || same->id != one.engine_id || !runs(one.engine_id)) {
            violated(one.instance, "does not serve again");
        } else if (one.is_wanted && left == Candidates::none && candidate != nullptr &&
                   !before_.contains(candidate->id)) {
            violated(one.instance, "has a candidate that was left");
        }
    }
}

const appliance::Container* Watch::wanted(const Instance& instance) const {
    const auto& all = making_.appliance.containers;
    const auto own = std::find_if(all.begin(), all.end(), [&](const auto& one) {
        return one.id == instance.container && instance.number <= one.instances;
    });
    return own == all.end() ? nullptr : &*own;
}

bool Watch::runs(const std::string& engine_id) const {
    const SimulatedContainer* own = engine_.find(engine_id);
    return own != nullptr && testing::runs(*own);
}

bool Watch::takes_over(const SimulatedContainer* successor, const SimulatedRun& run) const {
    return successor != nullptr &&
           (options_.wait == ReconcileOptions::Wait::until_ready ? run.is_ready(*successor)
                                                                 : testing::runs(*successor));
}

void Watch::violated(const Instance& instance, const std::string& how) {
    if (violation_.empty()) {
        violation_ = fmt::format("{} {}", to_string(instance), how);
    }
}

}  // namespace plan::testing
