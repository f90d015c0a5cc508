#include "apply/casualty.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace apply {
namespace {

constexpr int last_lines = 20;
constexpr int exit_of_sigkill = 137;
// Some engines say a moment after the end of a container that it ran out of memory.
constexpr auto memory_pause = std::chrono::milliseconds(300);
// The cause is one line in a label.
constexpr std::size_t longest_cause = 300;

// The last line that says something.
std::string last_line(std::string_view text) {
    const std::size_t end = text.find_last_not_of("\r\n\t ");
    if (end == std::string_view::npos) {
        return "";
    }
    const std::size_t begin = text.find_last_of('\n', end);
    return std::string(text.substr(begin + 1, end - begin));
}

std::string with_detail(std::string_view what, const std::string& detail) {
    const std::string line = last_line(detail);
    return line.empty() ? std::string(what) : fmt::format("{}: {}", what, line);
}

std::string words_for(const InstanceFailed& failure) {
    using How = InstanceFailed::How;
    switch (failure.how) {
        case How::exited:
            if (failure.oom_killed) {
                return "out of memory";
            }
            return fmt::format("exit code {}", failure.exit_code);
        case How::unhealthy:
            return with_detail("unhealthy", failure.check ? failure.check->answer : "");
        case How::removed: return "was removed";
        case How::start_refused: return last_line(failure.message);
        case How::create_refused: return with_detail("cannot be created", failure.message);
    }
    return "";
}

std::string cause_of(const InstanceFailed& failure) {
    return std::string(base::cut_to_bytes(words_for(failure), longest_cause));
}

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
    Casualty& added = list_.emplace_back(std::move(casualty));
    if (added.engine_id.empty()) {
        return;
    }
    open_questions_ += 2;
    inspect(added, Look::first);
    calls_.send(engine::api::last_log_lines(added.engine_id, last_lines),
                [this, &added](const engine::Result<std::string>& log) {
                    if (log) {
                        added.failure.last_log_lines = lines_of(*log);
                    }
                    --open_questions_;
                });
}

void Casualties::inspect(Casualty& casualty, Look look) {
    calls_.send(engine::api::inspect_container(casualty.engine_id),
                [this, look, &casualty](const engine::Result<engine::ContainerDetail>& detail) {
                    if (!detail) {
                        --open_questions_;
                        return;
                    }
                    InstanceFailed& failure = casualty.failure;
                    failure.oom_killed = detail->oom_killed;
                    failure.memory_limit = detail->memory_limit;
                    failure.tries = detail->restart_count + 1;
                    if (failure.check && failure.check->answer.empty()) {
                        failure.check->answer = detail->health_output.empty()
                                                    ? "it failed and printed nothing"
                                                    : detail->health_output;
                    }
                    failure.exit_code = casualty.exit_code.value_or(detail->exit_code);
                    const bool may_be_out_of_memory = failure.how == InstanceFailed::How::exited &&
                                                      failure.exit_code == exit_of_sigkill &&
                                                      !detail->oom_killed &&
                                                      detail->memory_limit > 0;
                    if (may_be_out_of_memory && look == Look::first) {
                        calls_.at(Clock::now() + memory_pause,
                                  [this, &casualty] { inspect(casualty, Look::last); });
                        return;
                    }
                    --open_questions_;
                });
}

std::vector<InstanceFailed> Casualties::failures() const {
    std::vector<InstanceFailed> failures;
    for (const Casualty& casualty : list_) {
        failures.push_back(casualty.failure);
    }
    return failures;
}

void Casualties::rolled_back(const plan::Instance& instance, InstanceFailed::Rollback how) {
    for (Casualty& casualty : list_) {
        if (casualty.failure.instance == instance) {
            casualty.failure.rollback = how;
        }
    }
}

void Casualties::copy_rollbacks(std::vector<InstanceFailed>& failures) const {
    for (InstanceFailed& failure : failures) {
        for (const Casualty& casualty : list_) {
            if (casualty.failure.instance == failure.instance) {
                failure.rollback = casualty.failure.rollback;
            }
        }
    }
}

std::vector<plan::FailedInstance> Casualties::to_mark() const {
    std::vector<plan::FailedInstance> instances;
    for (const Casualty& casualty : list_) {
        if (!casualty.engine_id.empty() && !casualty.keep_running &&
            casualty.failure.how != InstanceFailed::How::removed &&
            casualty.failure.rollback == InstanceFailed::Rollback::none) {
            instances.push_back({casualty.failure.instance, casualty.engine_id});
        }
    }
    return instances;
}

std::vector<plan::RecordedFailure> Casualties::causes() const {
    std::vector<plan::RecordedFailure> causes;
    for (const Casualty& casualty : list_) {
        causes.push_back(
            {casualty.failure.instance, casualty.engine_id, cause_of(casualty.failure)});
    }
    return causes;
}

}  // namespace apply
