#include "plan/status.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "plan/endpoints.hpp"
#include "plan/instance_status.hpp"
#include "plan/reasons.hpp"

namespace plan {
namespace {

int badness(State state) {
    switch (state) {
        case State::success: return 0;
        case State::running: return 1;
        case State::pending: return 2;
        case State::staging: return 3;
        case State::submitted: return 4;
        case State::killed: return 5;
        case State::failed: return 6;
    }
    return 7;
}

Member member_of(const RecordedContainer& entry, const ObservedInstance& instance,
                 const Record* record) {
    Member member;
    member.instance = instance.instance.number;
    member.name = instance.engine_name;
    member.engine_id = instance.engine_id;
    member.image_id = instance.image_id;
    member.address = instance.address;
    InstanceStatus status = status_of(entry, instance, record);
    member.state = status.state;
    member.reason = std::move(status.reason);
    if (instance.detail) {
        member.restarts = instance.detail->restart_count;
    }
    if (instance.state != RunState::running) {
        return member;
    }
    if (entry.check && entry.check->kind != RecordedCheck::Kind::command) {
        if (instance.check) {
            member.health = instance.check->healthy     ? Health::healthy
                            : in_grace(entry, instance) ? Health::starting
                                                        : Health::unhealthy;
        }
    } else {
        const bool passed_since = entry.check && instance.check && instance.check->healthy;
        member.health = passed_since ? Health::healthy : instance.health;
    }
    return member;
}

// An instance and what is to take its place.
struct Pair {
    const ObservedInstance* instance = nullptr;
    const ObservedInstance* candidate = nullptr;
};

// What the `up` that failed because of it wrote down; empty: nothing.
std::string cause_of_failure(const Instance& instance, const Record* record) {
    if (record != nullptr) {
        for (const RecordedFailure& failure : record->failures) {
            if (failure.instance == instance) {
                return failure.reason;
            }
        }
    }
    return "";
}

// While it is replaced, an instance is what its old one is; where that does not serve any more and
// the candidate does, it is on its way.
InstanceStatus status_of(const RecordedContainer& entry, const Instance& instance, const Pair& pair,
                         const Record* record) {
    const ObservedInstance* shown = pair.instance != nullptr ? pair.instance : pair.candidate;
    const std::string cause = cause_of_failure(instance, record);
    if (shown == nullptr) {
        return {State::submitted, cause};
    }
    const bool candidate_runs =
        pair.candidate != nullptr && pair.candidate->state == RunState::running;
    if (candidate_runs && shown->state != RunState::running) {
        return {State::pending, "its update is not finished"};
    }
    InstanceStatus one = status_of(entry, *shown, record);
    if (one.state == State::running && shown->fingerprint != entry.fingerprint) {
        one.reason = cause.empty()
                         ? fmt::format("the last update {}: the old one runs",
                                       record != nullptr && !record->failures.empty()
                                           ? "failed"
                                           : "failed or is not finished")
                         : fmt::format("the last update failed ({}): the old one runs", cause);
    }
    return one;
}

ContainerStatus status_of(const RecordedContainer& entry,
                          const std::vector<const ObservedInstance*>& instances,
                          const Record* record, const std::string& advertised_host) {
    ContainerStatus status;
    status.id = entry.id;
    status.type = entry.type;
    status.image = entry.image;
    status.desired = entry.instances;
    std::map<int, Pair> pairs;
    for (const ObservedInstance* instance : instances) {
        Pair& pair = pairs[instance->instance.number];
        (instance->role == Role::candidate ? pair.candidate : pair.instance) = instance;
    }
    const bool is_job = entry.type == appliance::ContainerType::job;
    status.state = is_job && entry.instances > 0 ? State::success : State::running;
    int good = 0;
    Reasons reasons;
    for (const ObservedInstance* instance : instances) {
        status.members.push_back(member_of(entry, *instance, record));
    }
    for (int number = 1; number <= entry.instances; ++number) {
        const Pair pair = pairs[number];
        InstanceStatus one = status_of(entry, {entry.id, number}, pair, record);
        if (one.state == State::submitted && one.reason.empty() && !instances.empty()) {
            one.reason = "is not there";
        }
        if (const ObservedInstance* shown = pair.instance) {
            for (Endpoint& endpoint : endpoints_of(*shown, entry, advertised_host)) {
                status.endpoints.push_back(std::move(endpoint));
            }
            if (is_job && shown->state == RunState::exited) {
                status.exit_code = shown->exit_code;
            }
        }
        status.running += one.state == State::running ? 1 : 0;
        good += one.state == State::running || one.state == State::success ? 1 : 0;
        if (badness(one.state) > badness(status.state)) {
            status.state = one.state;
            reasons = {};
        }
        if (one.state == status.state && !one.reason.empty()) {
            reasons.add(number, std::move(one.reason));
        }
    }
    status.reason = reasons.text(entry.instances);
    if (!is_job && entry.capacity < 1 &&
        good >= needed_instances(entry.instances, entry.capacity)) {
        status.state = State::running;  // the reason tells of the others
    }
    std::sort(status.endpoints.begin(), status.endpoints.end(),
              [](const Endpoint& a, const Endpoint& b) {
                  return std::tie(a.container_port, a.protocol, a.instance, a.host) <
                         std::tie(b.container_port, b.protocol, b.instance, b.host);
              });
    return status;
}

// The record's entries, then those that only the containers' own labels tell of.
std::vector<std::pair<RecordedContainer, bool>> entries(const std::optional<Record>& record,
                                                        const Observed& observed) {
    std::vector<std::pair<RecordedContainer, bool>> all;
    std::map<ContainerId, bool> known;
    if (record) {
        for (const RecordedContainer& entry : record->containers) {
            all.emplace_back(entry, true);
            known[entry.id] = true;
        }
    }
    std::map<ContainerId, RecordedContainer> others;
    for (const ObservedInstance& instance : observed.instances) {
        const ContainerId& id = instance.instance.container;
        if (!known.contains(id)) {
            RecordedContainer entry = instance.entry.value_or(RecordedContainer{});
            entry.id = id;
            entry.instances = std::max(record ? 0 : entry.instances, instance.instance.number);
            entry.fingerprint = instance.fingerprint;
            entry.image = instance.image;
            const auto [place, added] = others.emplace(id, entry);
            place->second.instances = std::max(place->second.instances, entry.instances);
        }
    }
    for (auto& [id, entry] : others) {
        all.emplace_back(std::move(entry), !record.has_value());
    }
    return all;
}

}  // namespace

std::string_view name(State state) {
    switch (state) {
        case State::submitted: return "submitted";
        case State::staging: return "staging";
        case State::pending: return "pending";
        case State::running: return "running";
        case State::success: return "success";
        case State::failed: return "failed";
        case State::killed: return "killed";
    }
    return "";
}

bool reached_goal(const ApplianceStatus& status) {
    return status.state == State::running || status.state == State::success;
}

bool is_in_goal_state(const ContainerStatus& container) {
    const bool is_job = container.type == appliance::ContainerType::job;
    return container.state == State::success || (container.state == State::running && !is_job);
}

ApplianceStatus derive_status(const ApplianceId& id, const Observed& observed,
                              const std::string& advertised_host) {
    const std::optional<Record> record = current_record(observed);
    ApplianceStatus status;
    status.id = id;
    using RecordState = ApplianceStatus::RecordState;
    status.record = !record                       ? RecordState::lost
                    : !record->failures.empty()   ? RecordState::failed
                    : observed.records.size() > 1 ? RecordState::unfinished
                                                  : RecordState::current;
    std::map<ContainerId, std::vector<const ObservedInstance*>> by_container;
    for (const ObservedInstance& instance : observed.instances) {
        by_container[instance.instance.container].push_back(&instance);
    }
    status.state = State::success;
    for (const auto& [entry, in_record] : entries(record, observed)) {
        ContainerStatus container =
            status_of(entry, by_container[entry.id], record ? &*record : nullptr, advertised_host);
        container.in_record = in_record;
        // A job that runs is not where it should get to.
        const State counts =
            container.type == appliance::ContainerType::job && container.state == State::running
                ? State::pending
                : container.state;
        if (badness(counts) > badness(status.state)) {
            status.state = counts;
        }
        status.containers.push_back(std::move(container));
    }
    return status;
}

}  // namespace plan
