#include "apply/casualty.hpp"

#include <string_view>
#include <utility>

#include "apply/run.hpp"

namespace apply {
namespace {

constexpr int last_lines = 20;

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        lines.emplace_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

}  // namespace

void Casualties::add(Casualty casualty) {
    Casualty& added = state_->list.emplace_back(std::move(casualty));
    if (added.engine_id.empty()) {
        return;
    }
    state_->open_questions += 2;
    run_.client().send(
        engine::api::inspect_container(added.engine_id),
        [state = state_, &added](const engine::Result<engine::ContainerDetail>& detail) {
            if (detail) {
                added.failure.oom_killed = detail->oom_killed;
                added.failure.tries = detail->restart_count + 1;
                if (added.failure.check && added.failure.check->answer.empty()) {
                    added.failure.check->answer = detail->health_output;
                }
                added.failure.exit_code = added.exit_code.value_or(detail->exit_code);
            }
            --state->open_questions;
        });
    run_.client().send(engine::api::last_log_lines(added.engine_id, last_lines),
                       [state = state_, &added](const engine::Result<std::string>& log) {
                           if (log) {
                               added.failure.last_log_lines = lines_of(*log);
                           }
                           --state->open_questions;
                       });
}

std::vector<InstanceFailed> Casualties::failures() const {
    std::vector<InstanceFailed> failures;
    for (const Casualty& casualty : state_->list) {
        failures.push_back(casualty.failure);
    }
    return failures;
}

void Casualties::rolled_back(const plan::Instance& instance, InstanceFailed::Rollback how) {
    for (Casualty& casualty : state_->list) {
        if (casualty.failure.instance == instance) {
            casualty.failure.rollback = how;
        }
    }
}

void Casualties::lay_to_rest(std::optional<std::chrono::seconds> stop_timeout) {
    std::vector<engine::Call<engine::Changed>> stops;
    std::vector<engine::Call<engine::Done>> marks;
    for (const Casualty& casualty : state_->list) {
        if (!casualty.engine_id.empty() && !casualty.keep_running &&
            casualty.failure.how != InstanceFailed::How::removed &&
            casualty.failure.rollback == InstanceFailed::Rollback::none) {
            stops.push_back(engine::api::stop_container(casualty.engine_id, stop_timeout));
            marks.push_back(engine::api::update_restart_policy(
                casualty.engine_id, {.name = "no", .maximum_retry_count = 0}));
        }
    }
    // Stopped first: an engine refuses to change the policy of a container that it is restarting.
    if (run_.get_all(stops)) {
        (void)run_.get_all(marks);
    }
}

}  // namespace apply
