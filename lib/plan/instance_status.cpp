#include "plan/instance_status.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace plan {
namespace {

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
    if (is_marked && entry.check && entry.check->kind != RecordedCheck::Kind::command &&
        (detail->exit_code == 0 || was_stopped(*detail))) {
        return {State::failed, "unhealthy: its check did not pass"};  // what it said is gone
    }
    const bool failed =
        restarts_crashes && !is_job ? is_marked || !detail->error.empty() : !was_stopped(*detail);
    return failed ? InstanceStatus{State::failed, how_it_ended(entry, instance)}
                  : InstanceStatus{State::killed, "was stopped"};
}

// Of one that runs: whether its check agrees.
InstanceStatus checked(const RecordedContainer& entry, const ObservedInstance& instance) {
    if (entry.check && entry.check->kind != RecordedCheck::Kind::command) {
        if (instance.check && !instance.check->healthy) {
            return {in_grace(entry, instance) ? State::pending : State::failed,
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
        case Health::unhealthy:
            // The engine runs it once in an interval: our own run may be newer.
            return instance.check && instance.check->healthy ? InstanceStatus{State::running}
                                                             : unhealthy(instance);
    }
    return {State::running};
}

}  // namespace

bool in_grace(const RecordedContainer& entry, const ObservedInstance& instance) {
    constexpr std::chrono::milliseconds a_moment = std::chrono::seconds(10);
    const auto age =
        instance.detail && instance.detail->age ? instance.detail->age : instance.up_for;
    return !age || *age < std::max(entry.check ? entry.check->grace : a_moment, a_moment);
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
            if (instance.is_off_its_network) {
                return {State::failed, "was taken off its network"};
            }
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
        case RunState::unknown:
            return {State::failed, fmt::format("is in the state `{}`, which pivot does not know",
                                               instance.state_word)};
    }
    return {State::failed};
}

InstanceStatus status_of(const RecordedContainer& entry, const ObservedInstance& instance,
                         const Record* record) {
    InstanceStatus one = status_of(entry, instance);
    const bool has_ended =
        instance.state == RunState::exited || instance.state == RunState::created;
    if (record == nullptr || !has_ended || entry.type == appliance::ContainerType::job) {
        return one;
    }
    for (const RecordedFailure& failure : record->failures) {
        if (failure.engine_id == instance.engine_id) {
            return {State::failed, failure.reason};
        }
    }
    return one;
}

}  // namespace plan
