#include "plan/status.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "plan/endpoints.hpp"

namespace plan {
namespace {

struct InstanceStatus {
    State state = State::submitted;
    std::string reason;
};

std::string how_it_ended(const InstanceDetail& detail) {
    if (!detail.error.empty()) {
        return detail.error;
    }
    return detail.oom_killed ? "out of memory" : fmt::format("exit code {}", detail.exit_code);
}

// A service that stopped. A crash would have been restarted by the engine, so that a person stopped
// it, unless `up` marked it as failed by taking its restart policy, or the engine could not start
// it.
InstanceStatus stopped(const std::optional<InstanceDetail>& detail) {
    if (!detail) {
        return {State::killed, ""};
    }
    if (detail->restart_policy == "no" || !detail->error.empty()) {
        return {State::failed, how_it_ended(*detail)};
    }
    return {State::killed, "was stopped"};
}

InstanceStatus status_of(const ObservedInstance& instance) {
    const auto& detail = instance.detail;
    switch (instance.state) {
        case RunState::created:
            if (detail && !detail->error.empty()) {
                return {State::failed, detail->error};
            }
            return {State::pending, ""};
        case RunState::running:
            if (detail && detail->restart_count > 0) {  // looked at because it started a moment ago
                return {State::failed, fmt::format("restarted {} times, {}", detail->restart_count,
                                                   "it may be in a crash loop")};
            }
            return {State::running, ""};
        case RunState::restarting:
            return {State::failed, detail ? fmt::format("keeps failing: {}", how_it_ended(*detail))
                                          : "keeps failing"};
        case RunState::paused: return {State::killed, "is paused"};
        case RunState::exited: return stopped(detail);
        case RunState::removing: return {State::killed, "is being removed"};
        case RunState::dead: return {State::failed, "could not be removed by the engine"};
    }
    return {State::failed, ""};
}

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

ContainerStatus status_of(const RecordedContainer& entry,
                          const std::vector<const ObservedInstance*>& instances,
                          const std::string& advertised_host) {
    ContainerStatus status;
    status.id = entry.id;
    status.type = entry.type;
    status.image = entry.image;
    status.desired = entry.instances;
    status.state = State::running;
    for (int number = 1; number <= entry.instances; ++number) {
        const auto found = std::find_if(
            instances.begin(), instances.end(),
            [&](const ObservedInstance* instance) { return instance->instance.number == number; });
        InstanceStatus one{State::submitted, instances.empty() ? "" : "is not there"};
        if (found != instances.end()) {
            one = status_of(**found);
            if (one.state == State::running && (*found)->fingerprint != entry.fingerprint) {
                one.reason = "runs as it was before the last update";
            }
            for (Endpoint& endpoint : endpoints_of(**found, entry.ports, advertised_host)) {
                status.endpoints.push_back(std::move(endpoint));
            }
        }
        status.running += one.state == State::running ? 1 : 0;
        const bool worse = badness(one.state) > badness(status.state);
        if (worse || (one.state == status.state && status.reason.empty())) {
            status.state = one.state;
            status.reason = one.reason.empty() || entry.instances == 1
                                ? one.reason
                                : fmt::format("instance {}: {}", number, one.reason);
        }
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

ApplianceStatus derive_status(const ApplianceId& id, const Observed& observed,
                              const std::string& advertised_host) {
    const std::optional<Record> record = current_record(observed);
    ApplianceStatus status;
    status.id = id;
    status.record = !record                       ? ApplianceStatus::RecordState::lost
                    : observed.records.size() > 1 ? ApplianceStatus::RecordState::unfinished
                                                  : ApplianceStatus::RecordState::current;
    std::map<ContainerId, std::vector<const ObservedInstance*>> by_container;
    for (const ObservedInstance& instance : observed.instances) {
        by_container[instance.instance.container].push_back(&instance);
    }
    status.state = State::success;
    for (const auto& [entry, in_record] : entries(record, observed)) {
        ContainerStatus container = status_of(entry, by_container[entry.id], advertised_host);
        container.in_record = in_record;
        if (badness(container.state) > badness(status.state)) {
            status.state = container.state;
        }
        status.containers.push_back(std::move(container));
    }
    return status;
}

}  // namespace plan
