#include "unit/plan/simulated_run.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace plan::testing {
namespace {

bool only_waits(const Action& action) {
    return std::holds_alternative<AwaitCandidate>(action) ||
           std::holds_alternative<AwaitReady>(action);
}

}  // namespace

ContainerRef container_of(const Action& action) {
    return std::visit(
        [](const auto& one) -> ContainerRef {
            if constexpr (
                requires { ContainerRef(one.container); } && requires { one.instance; }) {
                return one.container;
            } else if constexpr (requires { one.instance, one.engine_id; }) {
                return one.engine_id;
            } else {
                return std::string();
            }
        },
        action);
}

SimulatedRun::SimulatedRun(SimulatedEngine& engine, const Plan& plan, Making& making,
                           Random& random, Course course, Watcher watcher)
    : engine_(engine),
      plan_(plan),
      making_(making),
      random_(random),
      course_(std::move(course)),
      watcher_(std::move(watcher)),
      began_(plan.steps.size()),
      done_(plan.steps.size()),
      ended_(plan.steps.size()) {
    for (const Expectation& one : plan.expected) {
        expected_.insert(one.engine_id);
    }
    ran_before_ = expected_;
}

std::string SimulatedRun::carry_out() {
    for (std::size_t events = 0;; ++events) {
        if (course_.ends == Course::Ends::killed && events == course_.ends_after) {
            kill();
            return "";
        }
        stopped_ =
            stopped_ || (course_.ends == Course::Ends::interrupted && events >= course_.ends_after);
        const std::vector<Event> possible = this->possible();
        if (possible.empty()) {
            break;
        }
        std::string wrong = happen(random_.one_of(possible));
        if (!wrong.empty()) {
            return wrong;
        }
        watcher_.after();
    }
    return complete() || stopped_ || course_.after_failure == Course::AfterFailure::go_on
               ? ""
               : "no step may begin, and the plan is not carried out";
}

bool SimulatedRun::complete() const {
    return std::all_of(done_.begin(), done_.end(), [](bool done) { return done; });
}

std::optional<std::string> SimulatedRun::made_by(StepIndex step) const {
    const auto made = made_.find(step);
    return made == made_.end() ? std::nullopt : std::optional(made->second);
}

std::vector<SimulatedRun::Event> SimulatedRun::possible() const {
    std::vector<Event> events;
    for (StepIndex step = 0; step < plan_.steps.size(); ++step) {
        if (!began_[step] && may_begin(step)) {
            events.push_back({Event::Kind::begin, step});
        } else if (began_[step] && !ended_[step] && may_finish(step)) {
            events.push_back({Event::Kind::finish, step});
        }
    }
    if (stopped_ && events.empty()) {
        return events;
    }
    for (const SimulatedContainer& one : engine_.containers) {
        const bool is_watched = one.state == RunState::running && expected_.contains(one.id);
        if (is_watched && (one.fate == Fate::exits || one.fate == Fate::turns_unhealthy ||
                           one.id == course_.dies)) {
            events.push_back({Event::Kind::fails, 0, one.id});
        } else if (is_watched && one.entry.type == appliance::ContainerType::job) {
            events.push_back({Event::Kind::ends, 0, one.id});
        }
    }
    return events;
}

bool SimulatedRun::may_begin(StepIndex step) const {
    const Step& own = plan_.steps[step];
    return (!stopped_ || own.closes_gap) &&
           std::all_of(own.after.begin(), own.after.end(),
                       [this](StepIndex before) { return done_[before]; });
}

bool SimulatedRun::may_finish(StepIndex step) const {
    const Action& action = plan_.steps[step].action;
    if (const auto* ready = std::get_if<AwaitReady>(&action)) {
        return !stopped_ && is_ready(ready->container);
    }
    if (std::holds_alternative<AwaitCandidate>(action)) {
        const ContainerRef id = resolved(action);
        const SimulatedContainer* own = engine_.find(*existing_id(id));
        return !stopped_ && own != nullptr && is_ready(*own);
    }
    return true;
}

bool SimulatedRun::is_ready(const SimulatedContainer& container) const {
    if (container.entry.type == appliance::ContainerType::job) {
        return container.state == RunState::exited && container.exit_code == 0;
    }
    // One without a check that was there and runs is ready until it fails.
    const bool shows_nothing =
        !container.entry.check && ran_before_.contains(container.id) && !has_failed(container.id);
    return container.state == RunState::running &&
           (container.fate == Fate::gets_ready || shows_nothing);
}

bool SimulatedRun::is_ready(const ContainerId& container) const {
    const appliance::Container* own = wanted(container);
    int ready = 0;
    for (int number = 1; number <= own->instances; ++number) {
        const SimulatedContainer* one = engine_.find(Instance{container, number}, Role::instance);
        if (one == nullptr) {  // its candidate has yet to get the name
            one = engine_.find(Instance{container, number}, Role::candidate);
        }
        ready += one != nullptr && is_ready(*one) ? 1 : 0;
    }
    return ready >= (own->type == appliance::ContainerType::job
                         ? own->instances
                         : needed_instances(own->instances, own->minimum_capacity));
}

std::string SimulatedRun::happen(const Event& event) {
    switch (event.kind) {
        case Event::Kind::begin: begin(event.step); return "";
        case Event::Kind::finish: return finish(event.step);
        case Event::Kind::ends: {
            SimulatedContainer& job = *engine_.find(event.engine_id);
            job.state = RunState::exited;
            job.exit_code = 0;
            story_ += fmt::format("  {} succeeds\n", job.id);
            return "";
        }
        case Event::Kind::fails: fails(event.engine_id); return "";
    }
    return "";
}

void SimulatedRun::begin(StepIndex step) {
    watcher_.begins(step);
    began_[step] = true;
    const Step& own = plan_.steps[step];
    const ContainerRef ref = resolved(own.action);
    const std::string id = *existing_id(ref);
    if (course_.after_failure == Course::AfterFailure::go_on) {
        return;  // nobody waits for what becomes of it
    }
    if (const auto* start = std::get_if<StartInstance>(&own.action)) {
        if (start->role == Role::candidate) {
            candidates_[start->instance] = id;
        }
        if (own.best_effort.empty()) {
            expected_.insert(id);
        }
    } else if (const auto* await = std::get_if<AwaitCandidate>(&own.action)) {
        candidates_[await->instance] = id;
        expected_.insert(id);
    } else if (std::holds_alternative<ResumeInstance>(own.action)) {
        expected_.insert(id);
    } else if (std::holds_alternative<StopInstance>(own.action)) {
        expected_.erase(id);
    } else if (const auto* gone = std::get_if<DeleteInstance>(&own.action)) {
        expected_.erase(id);
        if (gone->role == Role::instance) {
            candidates_.erase(gone->instance);
        }
    }
}

std::string SimulatedRun::finish(StepIndex step) {
    const Action& action = plan_.steps[step].action;
    ended_[step] = true;
    const ContainerRef container = resolved(action);
    const bool breaks = course_.broken_call == step && !only_waits(action);
    Reply reply;
    if (!breaks || random_.one_in(2)) {
        reply = engine_.apply(action, container, making_);
    }
    story_ += fmt::format("  {}{}{}{}\n", step, breaks ? " broke" : "",
                          reply.engine_id.empty() ? "" : " makes " + reply.engine_id,
                          reply.text.empty() ? "" : " (" + reply.text + ")");
    const bool starts_by_best_effort = !plan_.steps[step].best_effort.empty();
    if (reply.kind == Reply::Kind::refused && !reply.engine_id.empty()) {
        port_held_by_ = reply.engine_id;
    }
    if (reply.kind == Reply::Kind::refused ||
        (reply.kind == Reply::Kind::wrong && starts_by_best_effort)) {
        refused(step);
        return "";
    }
    if (reply.kind == Reply::Kind::wrong) {
        return course_.after_failure == Course::AfterFailure::go_on
                   ? ""
                   : fmt::format("step {} of the plan is wrong: {}", step, reply.text);
    }
    if (breaks) {
        stopped_ = stopped_ || course_.after_failure == Course::AfterFailure::begin_no_more;
        return "";
    }
    if (!reply.engine_id.empty()) {
        made_[step] = reply.engine_id;
    }
    done_[step] = true;
    return "";
}

void SimulatedRun::refused(StepIndex step) {
    const Action& action = plan_.steps[step].action;
    const ContainerRef container = resolved(action);
    const std::string id = *existing_id(container);
    const auto* start = std::get_if<StartInstance>(&action);
    expected_.erase(id);
    has_failed_.insert(id);
    const bool is_candidate = start != nullptr && start->role == Role::candidate;
    if (!plan_.steps[step].best_effort.empty() ||
        (!is_candidate && course_.after_failure == Course::AfterFailure::begin_no_more &&
         can_do_without_one_more(*instance_of(action)))) {
        done_[step] = true;
        return;
    }
    stopped_ = stopped_ || course_.after_failure == Course::AfterFailure::begin_no_more;
    failed_.push_back({*instance_of(action), id});
}

void SimulatedRun::fails(const std::string& engine_id) {
    SimulatedContainer& own = *engine_.find(engine_id);
    story_ += fmt::format("  {} fails\n", own.id);
    expected_.erase(engine_id);
    has_failed_.insert(engine_id);
    if (own.fate != Fate::turns_unhealthy) {
        const bool again = own.entry.type == appliance::ContainerType::service && random_.one_in(2);
        own.state = again ? RunState::restarting : RunState::exited;
        own.exit_code = 1;
    }
    const auto candidate = candidates_.find(own.instance);
    const bool is_candidate = candidate != candidates_.end() && candidate->second == engine_id;
    if (can_do_without_one_more(own.instance) && !is_candidate) {
        return;
    }
    stopped_ = true;
    failed_.push_back({own.instance, engine_id});
}

// A call that is on its way may still be carried out.
void SimulatedRun::kill() {
    killed_ = true;
    story_ += "  killed\n";
    for (StepIndex step = 0; step < plan_.steps.size(); ++step) {
        if (began_[step] && !ended_[step] && !only_waits(plan_.steps[step].action) &&
            random_.one_in(2)) {
            (void)finish(step);
        }
    }
}

bool SimulatedRun::can_do_without_one_more(const Instance& instance) {
    const appliance::Container* own = wanted(instance.container);
    const int lost = ++given_up_[own->id];
    return own->type == appliance::ContainerType::service &&
           own->instances - lost >= needed_instances(own->instances, own->minimum_capacity);
}

ContainerRef SimulatedRun::resolved(const Action& action) const {
    const ContainerRef ref = container_of(action);
    const auto* created = std::get_if<CreatedBy>(&ref);
    return created == nullptr ? ref : ContainerRef(made_by(created->step).value_or(""));
}

const appliance::Container* SimulatedRun::wanted(const ContainerId& id) const {
    const auto& all = making_.appliance.containers;
    const auto own =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
    return own == all.end() ? nullptr : &*own;
}

}  // namespace plan::testing
