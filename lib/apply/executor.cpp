#include "apply/executor.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace apply {
namespace {

// How often the event stream may break before that is the error.
constexpr int most_lost_streams = 5;

bool starts_something(const plan::Step& step) {
    return std::holds_alternative<plan::StartInstance>(step.action) ||
           std::holds_alternative<plan::ResumeInstance>(step.action);
}

}  // namespace

Executor::Executor(Loop& loop, const plan::Plan& plan, ExecutorOptions options)
    : loop_(loop),
      plan_(plan),
      options_(std::move(options)),
      schedule_(plan),
      began_(plan.steps.size()),
      casualties_(loop.client()) {
    if (options_.appliance != nullptr) {
        for (std::size_t i = 0; i < options_.appliance->containers.size(); ++i) {
            index_.emplace(options_.appliance->containers[i].id, i);
        }
    }
}

Loop::End Executor::run() {
    if (std::any_of(plan_.steps.begin(), plan_.steps.end(), starts_something)) {
        schedule_.hold_starts(true);
        watch();
    }
    Loop::End end = loop_.run_until([this] { return advance(); });
    if (end == Loop::End::done && last_start_ && !failure_) {
        const auto settled = *last_start_ + options_.settle;
        loop_.at(settled, [] {});
        end = loop_.run_until(
            [&] { return failure_ || !casualties_.empty() || Clock::now() >= settled; });
    }
    schedule_.begin_no_more();
    if (end != Loop::End::timed_out) {
        loop_.finish([this] { return quiet(); });
    }
    return end;
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
        engine::api::container_events(filters, {"die"}), [this] { schedule_.hold_starts(false); },
        [this](const engine::Event& event) { on_event(event); },
        [this](const std::optional<engine::Error>& error) {
            if (++lost_streams_ > most_lost_streams) {
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
    const auto watched = options_.watched.find(event.id);
    if (watched == options_.watched.end() || let_go_.contains(event.id)) {
        return;
    }
    InstanceFailed failure;
    failure.instance = watched->second;
    if (const auto code = event.attributes.find("exitCode"); code != event.attributes.end()) {
        std::from_chars(code->second.data(), code->second.data() + code->second.size(),
                        failure.exit_code);
    }
    let_go_.insert(event.id);  // once is enough: the engine may go on restarting it
    const int exit_code = failure.exit_code;
    add({std::move(failure), event.id, exit_code});
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

std::string Executor::engine_name(const plan::Instance& instance) const {
    return plan::engine_name(options_.surroundings.appliance, instance);
}

}  // namespace apply
