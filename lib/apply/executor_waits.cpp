// What the executor waits for without a call: containers that get ready, candidates that take over.

#include <algorithm>
#include <utility>

#include "apply/executor.hpp"

namespace apply {

void Executor::await(plan::StepIndex step, const plan::AwaitReady& action) {
    awaited_[action.container] = step;
    settle_awaits();
}

// Without a check, it is ready when it has stayed up for the settle time.
void Executor::await(plan::StepIndex step, const plan::AwaitCandidate& action) {
    const std::string id = results_.id_of(action.container);
    candidates_[action.instance] = id;
    if (!readiness_.expects(id)) {  // an earlier `up` started it
        readiness_.expect(id, action.instance, container(action.instance.container),
                          Readiness::Running::already);
        readiness_.started(id);
        readiness_.look(id);  // the engine may have told of its health before anybody listened
    }
    const auto wait = [this, step, id] {
        candidates_awaited_[id] = step;
        settle_awaits();
    };
    if (needs_settling(action.instance.container)) {
        calls_.at(Clock::now() + options_.settle, wait);
    } else {
        wait();
    }
}

// Dependents need not wait for the settle time, but nothing is taken away before it has passed.
void Executor::await(plan::StepIndex step, const plan::Milestone& action) {
    if (action.point == plan::Milestone::Point::ready && last_start_) {
        calls_.at(*last_start_ + options_.settle, [this, step] { ended_well(step); });
    } else {
        ended_well(step);
    }
}

void Executor::settle_awaits() {
    std::erase_if(awaited_, [this](const auto& awaited) {
        if (!is_ready(awaited.first)) {
            return false;
        }
        ended_well(awaited.second);
        run_.listener().on(ContainerReady{awaited.first});
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

void Executor::expect_what_runs() {
    for (const plan::Expectation& expected : plan_.expected) {
        using State = plan::Expectation::State;
        readiness_.expect(expected.engine_id, expected.instance,
                          container(expected.instance.container), Readiness::Running::already);
        switch (expected.state) {
            case State::succeeded: (void)readiness_.died(expected.engine_id, 0); break;
            case State::runs: readiness_.started(expected.engine_id); break;
            case State::runs_and_is_healthy:
                readiness_.started(expected.engine_id);
                readiness_.checked(expected.engine_id, plan::Health::healthy);
                break;
        }
    }
}

bool Executor::give_up_one(const appliance::Container& own) {
    const int lost = ++given_up_[own.id];
    return own.type == appliance::ContainerType::service &&
           own.instances - lost >= plan::needed_instances(own.instances, own.minimum_capacity);
}

void Executor::on_unready(Unready unready) {
    const appliance::Container& own = container(unready.instance.container);
    const auto candidate = candidates_.find(unready.instance);
    const bool is_candidate =
        candidate != candidates_.end() && candidate->second == unready.engine_id;
    if (give_up_one(own) && !is_candidate) {
        return;
    }
    Casualty casualty;
    casualty.failure.instance = unready.instance;
    casualty.failure.how = unready.how;
    casualty.failure.exit_code = unready.exit_code.value_or(0);
    casualty.failure.rollback =
        is_candidate ? InstanceFailed::Rollback::to_come : InstanceFailed::Rollback::none;
    casualty.failure.check_failures = own.health_check ? own.health_check->max_failures : 0;
    casualty.failure.check = std::move(unready.check);
    casualty.engine_id = unready.engine_id;
    casualty.exit_code = unready.exit_code;
    casualty.keep_running = unready.was_running && unready.how == InstanceFailed::How::unhealthy;
    add(std::move(casualty));
}

}  // namespace apply
