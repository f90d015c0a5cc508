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
    std::string reason = {};
};

std::string how_it_ended(const RecordedContainer& entry, const ObservedInstance& instance) {
    const auto& detail = instance.detail;
    if (detail && !detail->error.empty()) {
        return detail->error;
    }
    if (detail && detail->oom_killed) {
        return "out of memory";
    }
    const int code = detail ? detail->exit_code : instance.exit_code.value_or(0);
    std::string text = fmt::format("exit code {}", code);
    if (detail && detail->restart_count > 0 && entry.type == appliance::ContainerType::job) {
        text += fmt::format(" after {} tries", detail->restart_count + 1);
    }
    return text;
}

// Ended by a signal that people and the engine stop containers with.
bool was_stopped(const InstanceDetail& detail) {
    constexpr int by_sigkill = 137;
    constexpr int by_sigterm = 143;
    return (detail.exit_code == by_sigkill || detail.exit_code == by_sigterm) &&
           !detail.oom_killed && detail.error.empty();
}

std::string last_line(const std::string& text) {
    const std::size_t end = text.find_last_not_of("\r\n ");
    if (end == std::string::npos) {
        return "";
    }
    const std::size_t begin = text.find_last_of('\n', end);
    return text.substr(begin + 1, end - begin);
}

InstanceStatus unhealthy(const ObservedInstance& instance) {
    const std::string output = instance.detail ? last_line(instance.detail->health_output) : "";
    return {State::failed, output.empty() ? "unhealthy" : "unhealthy: " + output};
}

// The engine does not tell a crash from a stop. Where its policy would have restarted a crash, it
// was stopped, unless `up` marked it as failed by taking the policy, or it could not start.
InstanceStatus ended(const RecordedContainer& entry, const ObservedInstance& instance) {
    using Policy = appliance::Restart::Policy;
    const auto& detail = instance.detail;
    const bool is_job = entry.type == appliance::ContainerType::job;
    if (is_job && (detail ? detail->exit_code : instance.exit_code) == 0 &&
        (!detail || detail->error.empty())) {
        return {State::success};
    }
    if (!detail) {
        return {State::killed};
    }
    const bool restarts_crashes =
        entry.restart == Policy::always || entry.restart == Policy::unless_stopped;
    // `up` stops what does not get healthy: then it is that which failed, and not the exit.
    const bool is_marked = restarts_crashes && !is_job && detail->restart_policy == "no";
    if (is_marked && detail->check_failed && (detail->exit_code == 0 || was_stopped(*detail))) {
        return unhealthy(instance);
    }
    const bool failed =
        restarts_crashes && !is_job ? is_marked || !detail->error.empty() : !was_stopped(*detail);
    return failed ? InstanceStatus{State::failed, how_it_ended(entry, instance)}
                  : InstanceStatus{State::killed, "was stopped"};
}

// Of one that runs: whether its check agrees.
InstanceStatus checked(const RecordedContainer& entry, const ObservedInstance& instance) {
    const auto in_grace = [&] { return !instance.up_for || *instance.up_for < entry.check->grace; };
    if (entry.check && entry.check->kind != RecordedCheck::Kind::command) {
        if (instance.check && !instance.check->healthy) {
            return {in_grace() ? State::pending : State::failed,
                    "its check: " + last_line(instance.check->message)};
        }
        return {State::running};
    }
    switch (instance.health) {
        case Health::none:
        case Health::healthy: return {State::running};
        case Health::starting:
            if (!entry.check || (instance.check && instance.check->healthy)) {
                return {State::running};  // an image's own check holds nobody up
            }
            return {State::pending, instance.check && !instance.check->message.empty()
                                        ? "its check: " + last_line(instance.check->message)
                                        : "its check has not passed yet"};
        case Health::unhealthy: return unhealthy(instance);
    }
    return {State::running};
}

InstanceStatus status_of(const RecordedContainer& entry, const ObservedInstance& instance) {
    const auto& detail = instance.detail;
    const bool is_job = entry.type == appliance::ContainerType::job;
    switch (instance.state) {
        case RunState::created:
            if (detail && !detail->error.empty()) {
                return {State::failed, detail->error};
            }
            return {State::pending};
        case RunState::running:
            if (!is_job && detail &&
                detail->restart_count > 0) {  // looked at because it started a moment ago
                return {State::failed,
                        fmt::format("restarted {}, it may be in a crash loop",
                                    detail->restart_count == 1
                                        ? std::string("once")
                                        : fmt::format("{} times", detail->restart_count))};
            }
            return is_job ? InstanceStatus{State::running} : checked(entry, instance);
        case RunState::restarting:
            return {is_job ? State::running : State::failed,
                    fmt::format("{}: {}", is_job ? "is tried again" : "keeps failing",
                                how_it_ended(entry, instance))};
        case RunState::paused: return {State::killed, "is paused"};
        case RunState::exited: return ended(entry, instance);
        case RunState::removing: return {State::killed, "is being removed"};
        case RunState::dead: return {State::failed, "could not be removed by the engine"};
    }
    return {State::failed};
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

// An instance and what is to take its place.
struct Pair {
    const ObservedInstance* instance = nullptr;
    const ObservedInstance* candidate = nullptr;
};

// While it is replaced, an instance is what its old one is; where that does not serve any more and
// the candidate does, it is on its way.
InstanceStatus status_of(const RecordedContainer& entry, const Pair& pair) {
    const ObservedInstance* shown = pair.instance != nullptr ? pair.instance : pair.candidate;
    if (shown == nullptr) {
        return {State::submitted};
    }
    const bool candidate_runs =
        pair.candidate != nullptr && pair.candidate->state == RunState::running;
    if (candidate_runs && shown->state != RunState::running) {
        return {State::pending, "its update is not finished"};
    }
    InstanceStatus one = status_of(entry, *shown);
    if (one.state == State::running && shown->fingerprint != entry.fingerprint) {
        one.reason = "the last update failed or is not finished: the old one runs";
    }
    return one;
}

ContainerStatus status_of(const RecordedContainer& entry,
                          const std::vector<const ObservedInstance*>& instances,
                          const std::string& advertised_host) {
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
    for (int number = 1; number <= entry.instances; ++number) {
        const Pair pair = pairs[number];
        InstanceStatus one = status_of(entry, pair);
        if (one.state == State::submitted && !instances.empty()) {
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
        const bool worse = badness(one.state) > badness(status.state);
        if (worse || (one.state == status.state && status.reason.empty())) {
            status.state = one.state;
            status.reason = one.reason.empty() || entry.instances == 1
                                ? one.reason
                                : fmt::format("instance {}: {}", number, one.reason);
        }
    }
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

bool reached_goal(const ContainerStatus& status) {
    return status.state ==
           (status.type == appliance::ContainerType::job ? State::success : State::running);
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
