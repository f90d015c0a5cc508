#include "present/board.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/overload.hpp"
#include "present/board_words.hpp"
#include "present/check_words.hpp"

namespace present {
namespace {

std::set<appliance::ContainerId> jobs_of(const appliance::Appliance* appliance) {
    std::set<appliance::ContainerId> jobs;
    if (appliance != nullptr) {
        for (const appliance::Container& container : appliance->containers) {
            if (container.type == appliance::ContainerType::job) {
                jobs.insert(container.id);
            }
        }
    }
    return jobs;
}

constexpr std::string_view when_removed = "removed";

// The word for a container whose instances change in different ways.
std::string_view becomes(const std::set<plan::Change::Kind>& kinds, bool is_job) {
    using Kind = plan::Change::Kind;
    if (kinds == std::set{Kind::remove}) {
        return when_removed;
    }
    if (is_job) {
        return "finished";
    }
    return kinds.contains(Kind::replace) ? "replaced" : "started";
}

}  // namespace

void Board::hear(const apply::Event& event, Time now) {
    std::visit(base::Overload{
                   [](const apply::Noticed&) {},
                   [](const apply::FailureKnown&) {},
                   [&](const apply::WaitingForOther& e) { waiting_ = waiting_for_other(e); },
                   [&](const apply::PullBegan& e) { pulls_[e.image] = {}; },
                   [&](const apply::PullAdvanced& e) {
                       pulls_[e.image] = {e.current, e.total};
                   },
                   [&](const apply::PullEnded& e) { pulls_.erase(e.image); },
                   [&](const apply::Planned& e) { plan_is_known(*e.plan); },
                   [&](const apply::StepBegan& e) { step_is(*e.step, StepState::running, now); },
                   [&](const apply::StepEnded& e) { step_is(*e.step, StepState::ended, now); },
                   [&](const apply::ContainerReady& e) { end_await(e.container, now); },
                   [&](const apply::CheckFailed& e) { check_failed(e.check); },
                   [&](const apply::ContainerFailed& e) {
                       if (const auto found = index_.find(e.container); found != index_.end()) {
                           lines_[found->second].fate = Fate::failed;
                           lines_[found->second].ended = now;
                       }
                   },
               },
               event);
}

void Board::finish(Progress::Outcome outcome, Time now) {
    pulls_.clear();
    for (Line& line : lines_) {
        if (line.fate == Fate::open) {
            line.fate = outcome == Progress::Outcome::reached ? Fate::done : Fate::unfinished;
            line.ended = now;
        }
    }
}

void Board::plan_is_known(const plan::Plan& plan) {
    waiting_.clear();
    plan_ = &plan;
    states_.assign(plan.steps.size(), StepState::ahead);
    add_lines(plan);
    for (plan::StepIndex i = 0; i < plan.steps.size(); ++i) {
        if (const auto id = container_of(plan.steps[i].action)) {
            if (const auto found = index_.find(*id); found != index_.end()) {
                lines_[found->second].steps.push_back(i);
                ++lines_[found->second].left;
            }
        }
    }
}

void Board::add_lines(const plan::Plan& plan) {
    lines_.clear();
    index_.clear();
    const auto jobs = jobs_of(appliance_);
    std::map<appliance::ContainerId, std::set<plan::Change::Kind>> kinds;
    for (const plan::Change& change : plan.changes) {
        const appliance::ContainerId& id = change.instance.container;
        kinds[id].insert(change.kind);
        if (index_.emplace(id, lines_.size()).second) {
            Line line;
            line.id = id;
            line.is_job = jobs.contains(id);
            lines_.push_back(std::move(line));
        }
    }
    for (Line& line : lines_) {
        line.becomes = becomes(kinds[line.id], line.is_job);
    }
}

void Board::check_failed(const apply::PendingCheck& check) {
    if (plan_ == nullptr) {
        return;
    }
    if (const auto [place, is_new] = index_.emplace(check.container, lines_.size()); is_new) {
        Line line;  // it ran before, and is waited for all the same
        line.id = check.container;
        line.becomes = "ready";
        line.has_run = true;
        for (plan::StepIndex i = 0; i < plan_->steps.size(); ++i) {
            if (container_of(plan_->steps[i].action) == line.id) {
                line.steps.push_back(i);
                line.left += states_[i] == StepState::ended ? 0 : 1;
            }
        }
        lines_.push_back(std::move(line));
    }
    lines_[index_.at(check.container)].check = waiting_for_check(check);
}

void Board::step_is(const plan::Step& step, StepState state, Time now) {
    if (plan_ == nullptr) {
        return;
    }
    const auto index = static_cast<plan::StepIndex>(&step - plan_->steps.data());
    if (index >= states_.size() || states_[index] == StepState::ended) {
        return;
    }
    states_[index] = state;
    const auto id = container_of(step.action);
    if (state != StepState::ended || !id) {
        return;
    }
    if (const auto found = index_.find(*id); found != index_.end()) {
        Line& line = lines_[found->second];
        line.has_run = line.has_run || starts(step.action);
        if (--line.left == 0 && line.fate == Fate::open) {
            line.fate = Fate::done;
            line.ended = now;
        }
    }
}

void Board::end_await(const appliance::ContainerId& container, Time now) {
    const auto found = index_.find(container);
    if (found == index_.end()) {
        return;
    }
    for (const plan::StepIndex i : lines_[found->second].steps) {
        if (std::holds_alternative<plan::AwaitReady>(plan_->steps[i].action)) {
            step_is(plan_->steps[i], StepState::ended, now);
        }
    }
}

std::vector<BoardRow> Board::rows(Time now) const {
    if (plan_ == nullptr) {
        return pulling_rows(now);
    }
    std::vector<BoardRow> rows;
    rows.reserve(lines_.size());
    for (const Line& line : lines_) {
        rows.push_back(row(line, now));
    }
    return rows;
}

// Images come before the plan is made: until then the board has the containers that wait for one.
std::vector<BoardRow> Board::pulling_rows(Time now) const {
    std::vector<BoardRow> rows;
    if (!waiting_.empty()) {
        rows.push_back({appliance_ != nullptr ? appliance_->id.str() : "", BoardRow::Mark::waiting,
                        waiting_, now});
        return rows;
    }
    if (appliance_ == nullptr) {
        return rows;
    }
    for (const appliance::Container& container : appliance_->containers) {
        if (const auto pull = pulls_.find(container.image); pull != pulls_.end()) {
            rows.push_back({container.id.str(), BoardRow::Mark::working,
                            pulling(pull->second.current, pull->second.total), now});
        }
    }
    return rows;
}

BoardRow Board::row(const Line& line, Time now) const {
    using Mark = BoardRow::Mark;
    switch (line.fate) {
        case Fate::done: return {line.id.str(), Mark::done, std::string(line.becomes), line.ended};
        case Fate::failed: return {line.id.str(), Mark::failed, "failed", line.ended};
        case Fate::unfinished:
            return {line.id.str(), Mark::unfinished, std::string(what_it_did_not_become(line)),
                    line.ended};
        case Fate::open: break;
    }
    const std::string doing = what_it_does(line);
    return doing.empty() ? BoardRow{line.id.str(), Mark::waiting, what_it_waits_for(line), now}
                         : BoardRow{line.id.str(), Mark::working, doing, now};
}

std::string_view Board::what_it_did_not_become(const Line& line) {
    if (line.becomes == when_removed) {
        return "not removed";
    }
    return line.has_run ? "not ready" : "not started";
}

// Empty while it only waits for others.
std::string Board::what_it_does(const Line& line) const {
    bool ready_is_next = true;
    bool has_run = line.has_run;
    for (const plan::StepIndex i : line.steps) {
        const plan::Action& action = plan_->steps[i].action;
        const bool is_await = std::holds_alternative<plan::AwaitReady>(action) ||
                              std::holds_alternative<plan::AwaitCandidate>(action);
        if (states_[i] == StepState::running && !is_await) {
            return std::string(in_progress(action));
        }
        has_run = has_run || (states_[i] == StepState::ended && starts(action));
        if (is_await && states_[i] != StepState::ended && has_run && ready_is_next) {
            if (!line.check.empty()) {
                return line.check;
            }
            return line.is_job ? "running" : "waiting until it is ready";
        }
        ready_is_next = ready_is_next && (states_[i] == StepState::ended || is_await);
    }
    return "";
}

std::string Board::what_it_waits_for(const Line& line) const {
    std::vector<std::string> names;
    for (const plan::StepIndex i : line.steps) {
        if (states_[i] == StepState::ended) {
            continue;
        }
        for (const plan::StepIndex before : plan_->steps[i].after) {
            const auto id = container_of(plan_->steps[before].action);
            if (states_[before] != StepState::ended && id && *id != line.id) {
                names.push_back(id->str());
            }
        }
        if (!names.empty()) {
            break;
        }
    }
    return waiting_for(std::move(names));
}

}  // namespace present
