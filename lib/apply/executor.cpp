#include "apply/executor.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

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

}  // namespace

Executor::Executor(Run& loop, const plan::Plan& plan, ExecutorOptions options)
    : loop_(loop),
      plan_(plan),
      options_(std::move(options)),
      schedule_(plan),
      began_(plan.steps.size()),
      casualties_(loop),
      readiness_(loop, {.changed = [this] { settle_awaits(); },
                        .unready = [this](Unready unready) { on_unready(std::move(unready)); }}) {
    if (options_.appliance != nullptr) {
        for (std::size_t i = 0; i < options_.appliance->containers.size(); ++i) {
            index_.emplace(options_.appliance->containers[i].id, i);
        }
    }
    std::map<plan::Instance, std::string> deleted;
    for (const plan::Step& step : plan.steps) {
        if (const auto* gone = std::get_if<plan::DeleteInstance>(&step.action)) {
            to_go_.insert(gone->engine_id);
            if (gone->role == plan::Role::instance) {
                deleted[gone->instance] = gone->engine_id;
            }
        } else if (const auto* promoted = std::get_if<plan::PromoteCandidate>(&step.action)) {
            if (const auto old = deleted.find(promoted->instance); old != deleted.end()) {
                old_ids_.insert(*old);
            }
        }
    }
}

Run::End Executor::run() {
    if (std::any_of(plan_.steps.begin(), plan_.steps.end(), wants_events)) {
        schedule_.hold_starts(true);
        expect_what_runs();
        watch();
    }
    Run::End end = loop_.run_until([this] { return advance(); });
    if (end == Run::End::done && last_start_ && !failure_) {
        const auto settled = *last_start_ + options_.settle;
        loop_.at(settled, [] {});
        end = loop_.run_until(
            [&] { return failure_ || !casualties_.empty() || Clock::now() >= settled; });
    }
    schedule_.begin_no_more();
    // A time limit leaves calls behind, but none that took something away.
    if (end != Run::End::timed_out || !replacements_.empty() || has_open_gap()) {
        loop_.finish([this] {
            (void)advance();
            return quiet();
        });
    }
    events_.close();  // what ends from here on is meant to
    return end;
}

// A step that has begun takes away what one that is still to come gives back.
bool Executor::has_open_gap() const {
    for (plan::StepIndex i = 0; i < plan_.steps.size(); ++i) {
        const auto& before = plan_.steps[i].after;
        if (plan_.steps[i].closes_gap && !schedule_.is_done(i) &&
            std::any_of(before.begin(), before.end(), [this](plan::StepIndex step) {
                return began_[step] != Clock::time_point{};
            })) {
            return true;
        }
    }
    return false;
}

// Begins what may begin; true when there is nothing more to come.
bool Executor::advance() {
    while (const auto step = schedule_.next()) {
        begin(*step);
    }
    return schedule_.over();
}

// Before the first start, because a process may end before its start call returns.
void Executor::watch() {
    const engine::Filters filters{
        .labels = {fmt::format("{}={}", plan::label::appliance, options_.surroundings.appliance)}};
    events_ = loop_.client().stream(
        engine::api::container_events(filters, {"die", "health_status"}),
        [this] {
            schedule_.hold_starts(false);
            opened_ = Clock::now();
            readiness_.look_again(lost_streams_ == 0 ? Readiness::Which::undecided
                                                     : Readiness::Which::all);
            at(*opened_ + time_to_listen,
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
            at(Clock::now() + std::chrono::milliseconds(100), [this] { watch(); });
        });
}

void Executor::on_event(const engine::Event& event) {
    if (event.action == "die") {
        int code = 0;
        if (const auto text = event.attributes.find("exitCode"); text != event.attributes.end()) {
            std::from_chars(text->second.data(), text->second.data() + text->second.size(), code);
        }
        (void)readiness_.died(event.id, code);
    } else if (event.action == "health_status: healthy") {
        readiness_.checked(event.id, plan::Health::healthy);
    } else if (event.action == "health_status: unhealthy") {
        readiness_.checked(event.id, plan::Health::unhealthy);
    }
}

// Candidates of which only the name is left to do: an earlier `up` did the rest.
std::set<std::string> Executor::renamed_only() const {
    std::set<std::string> ids;
    std::set<std::string> not_ready;
    for (const plan::Step& step : plan_.steps) {
        if (const auto* promoted = std::get_if<plan::PromoteCandidate>(&step.action)) {
            ids.insert(promoted->engine_id);
        } else if (const auto* start = std::get_if<plan::StartInstance>(&step.action)) {
            not_ready.insert(start->engine_id);
        } else if (const auto* await = std::get_if<plan::AwaitCandidate>(&step.action)) {
            not_ready.insert(await->engine_id);
        }
    }
    std::erase_if(ids, [&](const std::string& id) { return not_ready.contains(id); });
    return ids;
}

// All that is to go on, whether or not the plan touches its container: should it die meanwhile,
// that is a failure too.
void Executor::expect_what_runs() {
    if (options_.observed == nullptr) {
        return;
    }
    const std::set<std::string> renamed = renamed_only();
    for (const plan::ObservedInstance& instance : options_.observed->instances) {
        const auto index = index_.find(instance.instance.container);
        if (index == index_.end() || instance.instance.number > container(index->first).instances ||
            (instance.role == plan::Role::candidate && !renamed.contains(instance.engine_id)) ||
            to_go_.contains(instance.engine_id)) {
            continue;
        }
        const bool is_job = container(index->first).type == appliance::ContainerType::job;
        const bool goes_on = instance.state == plan::RunState::running ||
                             (is_job && instance.state == plan::RunState::restarting);
        const bool done =
            is_job && instance.state == plan::RunState::exited && instance.exit_code == 0;
        if (!goes_on && !done) {
            continue;
        }
        readiness_.expect(instance.engine_id, instance.instance, container(index->first),
                          Readiness::Running::already);
        if (done) {
            (void)readiness_.died(instance.engine_id, 0);
        } else {
            readiness_.started(instance.engine_id);
            if (instance.health == plan::Health::healthy) {
                readiness_.checked(instance.engine_id, instance.health);
            }
        }
    }
}

bool Executor::is_ready(const ContainerId& id) const {
    const appliance::Container& own = container(id);
    const int needed = own.type == appliance::ContainerType::job
                           ? own.instances
                           : plan::needed_instances(own.instances, own.minimum_capacity);
    return readiness_.ready_instances(id) >= needed;
}

bool Executor::needs_settling(const ContainerId& id) const {
    const appliance::Container& own = container(id);
    return own.type == appliance::ContainerType::service && !own.health_check;
}

void Executor::settle_awaits() {
    std::erase_if(awaited_, [this](const auto& awaited) {
        if (!is_ready(awaited.first)) {
            return false;
        }
        ended_well(awaited.second);
        loop_.listener().on(ContainerReady{awaited.first});
        return true;
    });
    std::erase_if(candidates_awaited_, [this](const auto& awaited) {
        if (!readiness_.is_ready(awaited.first)) {
            return false;
        }
        ended_well(awaited.second);
        return true;
    });
}

bool Executor::can_do_without_one_more(const appliance::Container& own) {
    const int lost = ++given_up_[own.id];
    return own.type == appliance::ContainerType::service &&
           own.instances - lost >= plan::needed_instances(own.instances, own.minimum_capacity);
}

void Executor::on_unready(Unready unready) {
    const appliance::Container& own = container(unready.instance.container);
    const bool is_candidate = std::any_of(
        replacements_.begin(), replacements_.end(),
        [&](const auto& entry) { return entry.second.candidate_id == unready.engine_id; });
    if (can_do_without_one_more(own) && !is_candidate) {
        return;
    }
    Casualty casualty;
    casualty.failure.instance = unready.instance;
    casualty.failure.how = unready.how;
    casualty.failure.exit_code = unready.exit_code.value_or(0);
    casualty.failure.check = std::move(unready.check);
    casualty.engine_id = unready.engine_id;
    casualty.exit_code = unready.exit_code;
    casualty.keep_running = unready.was_running && unready.how == InstanceFailed::How::unhealthy;
    add(std::move(casualty));
}

void Executor::begin(plan::StepIndex step) {
    began_[step] = Clock::now();
    loop_.listener().on(StepBegan{&plan_.steps[step]});
    std::visit([&](const auto& action) { begin(step, action); }, plan_.steps[step].action);
}

void Executor::ended_well(plan::StepIndex step) {
    schedule_.ended_well(step);
    loop_.listener().on(StepEnded{
        &plan_.steps[step], std::chrono::duration_cast<Duration>(Clock::now() - began_[step])});
}

void Executor::add(Casualty casualty) {
    schedule_.begin_no_more();
    loop_.listener().on(ContainerFailed{casualty.failure.instance.container});
    casualties_.add(std::move(casualty));
}

void Executor::failed(plan::StepIndex step, Failure failure) {
    schedule_.failed(step);
    schedule_.begin_no_more();
    if (!failure_) {  // what follows from the first one is noise
        failure_ = std::move(failure);
    }
}

void Executor::failed(plan::StepIndex step, std::string what, engine::Error error) {
    failed(step, CallFailed{std::move(what), std::move(error)});
}

void Executor::refused(plan::StepIndex step, Casualty casualty, std::string what,
                       engine::Error error) {
    if (const auto* refusal = std::get_if<engine::Refused>(&error)) {
        casualty.failure.message = refusal->message;
        schedule_.failed(step);
        add(std::move(casualty));
    } else {
        failed(step, std::move(what), std::move(error));
    }
}

const appliance::Container& Executor::container(const ContainerId& id) const {
    return options_.appliance->containers[index_.at(id)];
}

std::string Executor::engine_name(const plan::Instance& instance, plan::Role role) const {
    return plan::engine_name(options_.surroundings.appliance, instance, role);
}

}  // namespace apply
