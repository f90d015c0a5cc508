#include "apply/executor.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/overload.hpp"
#include "plan/way_back.hpp"

namespace apply {
namespace {

// How often in a row the event stream may break before that is the error, and how long it has to
// live not to count.
constexpr int most_lost_streams = 5;
constexpr auto long_life = std::chrono::seconds(10);
// An engine says that it tells of events a moment before it does.
constexpr auto time_to_listen = std::chrono::milliseconds(200);

// Whether anything can become of it that events tell of.
bool wants_events(const plan::Step& step) {
    return std::holds_alternative<plan::StartInstance>(step.action) ||
           std::holds_alternative<plan::ResumeInstance>(step.action) ||
           std::holds_alternative<plan::AwaitReady>(step.action);
}

Casualty casualty_of(const plan::Action& action, std::string engine_id, Refused refused) {
    Casualty casualty;
    casualty.engine_id = std::move(engine_id);
    casualty.failure.how = refused.how;
    casualty.failure.message = std::move(refused.message);
    casualty.failure.instance = plan::instance_of(action).value_or(plan::Instance{});
    return casualty;
}

}  // namespace

Executor::Executor(Run& run, Runner& runner, const plan::Plan& plan, ExecutorOptions options)
    : calls_(run),
      run_(run),
      runner_(runner),
      plan_(plan),
      options_(options),
      schedule_(plan, options.stops_at_once),
      began_(plan.steps.size()),
      casualties_(run),
      readiness_(run, {.changed = [this] { settle_awaits(); },
                       .unready = [this](Unready unready) { on_unready(std::move(unready)); }}) {
    if (options_.appliance != nullptr) {
        for (const appliance::Container& own : options_.appliance->containers) {
            containers_.emplace(own.id, &own);
        }
    }
}

Run::End Executor::run() {
    if (options_.appliance != nullptr &&
        std::any_of(plan_.steps.begin(), plan_.steps.end(), wants_events)) {
        schedule_.hold_starts(true);
        expect_what_runs();
        watch();
    }
    Run::End end = run_.run_until([this] { return advance(); });
    if (end == Run::End::done && last_start_ && !failure_) {
        const auto settled = *last_start_ + options_.settle;
        run_.at(settled, [] {});
        end = run_.run_until(
            [&] { return failure_ || !casualties_.empty() || Clock::now() >= settled; });
    }
    schedule_.begin_no_more();
    if (end == Run::End::interrupted && !quiet()) {
        run_.listener().on(Noticed{{diagnostics::Severity::note,
                                    "interrupted: what was begun is brought to its end first",
                                    std::nullopt, "interrupt it again to end at once"}});
    }
    if (end != Run::End::timed_out) {
        run_to_the_end(std::nullopt);
        events_.close();  // what ends from here on is meant to
    }
    return end;
}

bool Executor::see_through(std::chrono::seconds at_most) {
    // A time limit leaves calls behind, but none that took something away.
    const bool ended = !has_open_gap() || run_to_the_end(at_most);
    events_.close();
    return ended;
}

bool Executor::run_to_the_end(std::optional<std::chrono::seconds> at_most) {
    const auto over = [this] { return advance() && quiet(); };
    if (at_most) {
        return run_.finish(over, *at_most);
    }
    run_.finish(over);
    return true;
}

bool Executor::has_open_gap() const {
    for (plan::StepIndex i = 0; i < plan_.steps.size(); ++i) {
        const auto& before = plan_.steps[i].after;
        if (plan_.steps[i].closes_gap && !schedule_.is_done(i) &&
            std::any_of(before.begin(), before.end(),
                        [this](plan::StepIndex step) { return began(step); })) {
            return true;
        }
    }
    return std::any_of(plan_.groups.begin(), plan_.groups.end(), [this](const plan::Group& group) {
        return !began(group.commit) &&
               std::any_of(group.way_back.begin(), group.way_back.end(),
                           [this](const plan::WayBackStep& step) {
                               return step.undoes && began(*step.undoes) &&
                                      !std::holds_alternative<plan::DeleteInstance>(step.action);
                           });
    });
}

std::vector<plan::Instance> Executor::replaced() const {
    std::vector<plan::Instance> instances;
    for (const plan::Group& group : plan_.groups) {
        if (began(group.commit) &&
            std::holds_alternative<plan::DeleteInstance>(plan_.steps[group.commit].action)) {
            instances.push_back(group.instance);
        }
    }
    return instances;
}

plan::Plan Executor::way_back() const {
    return plan::way_back(plan_,
                          {.began = [this](plan::StepIndex step) { return began(step); },
                           .created = [this](plan::StepIndex step) { return made_by(step); }});
}

// Begins what may begin; true when there is nothing more to come.
bool Executor::advance() {
    while (const auto step = schedule_.next()) {
        begin(*step);
    }
    return schedule_.over() ||
           (options_.after_failure == ExecutorOptions::AfterFailure::go_on && schedule_.idle());
}

// Before the first start, because a process may end before its start call returns.
void Executor::watch() {
    const engine::Filters filters{
        .labels = {fmt::format("{}={}", plan::label::appliance, options_.appliance->id)}};
    events_ = run_.client().stream(
        engine::api::container_events(filters, {"die", "health_status"}),
        [this] {
            schedule_.hold_starts(false);
            opened_ = Clock::now();
            readiness_.look_again(lost_streams_ == 0 ? Readiness::Which::undecided
                                                     : Readiness::Which::all);
            calls_.at(*opened_ + time_to_listen,
                      [this] { readiness_.look_again(Readiness::Which::undecided); });
        },
        [this](const engine::Event& event) { on_event(event); },
        [this](const std::optional<engine::Error>& error) {
            const bool lived = opened_ && Clock::now() - *opened_ > long_life;
            lost_streams_ = lived ? 1 : lost_streams_ + 1;
            opened_.reset();
            if (lost_streams_ > most_lost_streams) {
                failure_ = CallFailed{
                    "follow the engine's events",
                    error.value_or(engine::Broken{"GET /events", "the engine ended it"})};
                schedule_.begin_no_more();
                return;
            }
            schedule_.hold_starts(true);
            calls_.at(Clock::now() + std::chrono::milliseconds(100), [this] { watch(); });
        });
}

void Executor::on_event(const engine::Event& event) {
    constexpr std::string_view checked = "health_status: ";
    if (event.action == "die") {
        int exit_code = 0;
        if (const auto text = event.attributes.find("exitCode"); text != event.attributes.end()) {
            std::from_chars(text->second.data(), text->second.data() + text->second.size(),
                            exit_code);
        }
        (void)readiness_.died(event.id, exit_code);
    } else if (event.action.starts_with(checked)) {
        const std::string_view health = std::string_view(event.action).substr(checked.size());
        if (health == "healthy") {
            readiness_.checked(event.id, plan::Health::healthy);
        } else if (health == "unhealthy") {
            readiness_.turned_unhealthy(event.id);
        }
    }
}

void Executor::begin(plan::StepIndex step) {
    began_[step] = Clock::now();
    if (options_.step_events == ExecutorOptions::StepEvents::sent) {
        run_.listener().on(StepBegan{&plan_.steps[step]});
    }
    std::visit(base::Overload{
                   [&](const plan::AwaitReady& action) { await(step, action); },
                   [&](const plan::AwaitCandidate& action) { await(step, action); },
                   [&](const plan::Milestone& action) { await(step, action); },
                   [&](const auto& action) {
                       before(action, step);
                       run_action(step, plan_.steps[step].action);
                   },
               },
               plan_.steps[step].action);
}

void Executor::run_action(plan::StepIndex step, const plan::Action& action) {
    runner_.begin(action, results_, calls_.guarded<Outcome>([this, step](Outcome outcome) {
        came(step, std::move(outcome));
    }));
}

void Executor::before(const plan::StartInstance& action, plan::StepIndex step) {
    const std::string id = results_.id_of(action.container);
    if (action.role == plan::Role::candidate) {
        candidates_[action.instance] = id;
    }
    if (plan_.steps[step].best_effort.empty() && options_.appliance != nullptr) {
        readiness_.expect(id, action.instance, container(action.instance.container));
    }
}

void Executor::before(const plan::ResumeInstance& action, plan::StepIndex) {
    readiness_.expect(action.engine_id, action.instance, container(action.instance.container),
                      Readiness::Running::already);
}

void Executor::before(const plan::StopInstance& action, plan::StepIndex) {
    readiness_.forget(results_.id_of(action.container));
}

void Executor::before(const plan::DeleteInstance& action, plan::StepIndex) {
    readiness_.forget(results_.id_of(action.container));
    if (action.role == plan::Role::instance) {
        candidates_.erase(action.instance);  // what takes its place is one like the others now
    }
}

void Executor::came(plan::StepIndex step, Outcome outcome) {
    std::visit([&](auto& one) { came(step, std::move(one)); }, outcome);
}

void Executor::came(plan::StepIndex step, Succeeded succeeded) {
    if (!succeeded.engine_id.empty()) {
        results_.made(step, std::move(succeeded.engine_id));
    }
    const plan::Action& action = plan_.steps[step].action;
    const auto* start = std::get_if<plan::StartInstance>(&action);
    const auto* resume = std::get_if<plan::ResumeInstance>(&action);
    if (start != nullptr && options_.appliance != nullptr &&
        needs_settling(start->instance.container)) {
        last_start_ = Clock::now();
    }
    ended_well(step);
    if (start != nullptr) {
        readiness_.started(results_.id_of(start->container));
    } else if (resume != nullptr) {
        readiness_.started(resume->engine_id);
    }
}

// The start is tried once more, with the new container.
void Executor::came(plan::StepIndex step, Remade remade) {
    const auto& action = std::get<plan::StartInstance>(plan_.steps[step].action);
    const std::string old_id = results_.id_of(action.container);
    readiness_.forget(old_id);
    results_.remade(old_id, std::move(remade.engine_id));
    if (!made_anew_.insert(step).second) {
        came(step, Refused{InstanceFailed::How::start_refused,
                           "what a killed engine left keeps it from starting"});
        return;
    }
    before(action, step);
    run_action(step, plan_.steps[step].action);
}

void Executor::came(plan::StepIndex step, Refused refused) {
    const plan::Step& own = plan_.steps[step];
    const auto* start = std::get_if<plan::StartInstance>(&own.action);
    std::string id;
    if (start != nullptr) {
        id = results_.id_of(start->container);
        readiness_.forget(id);
        const bool dispensable =
            !own.best_effort.empty() ||
            (options_.appliance != nullptr && start->role == plan::Role::instance &&
             give_up_one(container(start->instance.container)));
        if (dispensable) {
            run_.listener().on(
                Noticed{{diagnostics::Severity::warning,
                         fmt::format("`{}` does not start: {}", plan::to_string(start->instance),
                                     refused.message),
                         std::nullopt, ""}});
            ended_well(step);
            return;
        }
    } else if (const auto* resume = std::get_if<plan::ResumeInstance>(&own.action)) {
        id = resume->engine_id;
    }
    schedule_.failed(step);
    Casualty casualty = casualty_of(own.action, std::move(id), std::move(refused));
    if (start != nullptr && start->role == plan::Role::candidate) {
        casualty.failure.rollback = InstanceFailed::Rollback::to_come;
    }
    add(std::move(casualty));
}

void Executor::came(plan::StepIndex step, Failed failed) {
    schedule_.failed(step);
    if (options_.after_failure == ExecutorOptions::AfterFailure::begin_no_more) {
        schedule_.begin_no_more();
    }
    if (!failure_) {  // what follows from the first one is noise
        failure_ = std::move(failed.failure);
    }
}

void Executor::ended_well(plan::StepIndex step) {
    schedule_.ended_well(step);
    if (options_.step_events == ExecutorOptions::StepEvents::sent) {
        run_.listener().on(StepEnded{
            &plan_.steps[step], std::chrono::duration_cast<Duration>(Clock::now() - began_[step])});
    }
}

void Executor::add(Casualty casualty) {
    if (options_.after_failure == ExecutorOptions::AfterFailure::begin_no_more) {
        schedule_.begin_no_more();
    }
    run_.listener().on(ContainerFailed{casualty.failure.instance.container});
    casualties_.add(std::move(casualty));
}

const appliance::Container& Executor::container(const ContainerId& id) const {
    return *containers_.at(id);
}

}  // namespace apply
