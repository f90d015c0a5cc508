// What the executor does for the steps that are no instance's creation or start.

#include <random>
#include <utility>

#include <fmt/format.h>

#include "apply/executor.hpp"

namespace apply {
namespace {

// How long to wait for a container that somebody else is removing.
constexpr auto removal_time = std::chrono::seconds(10);
constexpr auto removal_pause = std::chrono::milliseconds(50);

// Tells the record of this run from one that was there.
std::string random_word() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

}  // namespace

void Executor::begin(plan::StepIndex step, const plan::WriteRecord& action) {
    const engine::Labels labels = {
        {plan::label::appliance, options_.surroundings.appliance.str()},
        {plan::label::record, action.text},
        {plan::label::by, random_word()},
    };
    send(engine::api::create_volume({action.volume, labels}),
         [this, step, &action, labels](engine::Result<engine::Volume> volume) {
             if (!volume) {
                 failed(step, fmt::format("write the record `{}`", action.volume),
                        std::move(volume.error()));
             } else if (volume->labels != labels) {  // a volume of that name was there
                 const auto text = volume->labels.find(plan::label::record);
                 if (text != volume->labels.end() && text->second == action.text) {
                     ended_well(step);
                 } else {
                     failed(step, NameTaken{NameTaken::What::volume, action.volume});
                 }
             } else {
                 ended_well(step);
             }
         });
}

void Executor::begin(plan::StepIndex step, const plan::StopInstance& action) {
    readiness_.forget(action.engine_id);
    if (const auto old = old_ids_.find(action.instance);
        old != old_ids_.end() && old->second == action.engine_id) {
        replacements_[action.instance].old_id = action.engine_id;
    }
    send(
        engine::api::stop_container(action.engine_id, options_.stop_timeout),
        [this, step, &action](engine::Result<engine::Changed> changed) {
            if (!changed && !engine::is_status(changed.error(),
                                               404)) {  // 404: it is gone, which is more than asked
                failed(step, fmt::format("stop `{}`", engine_name(action.instance, action.role)),
                       std::move(changed.error()));
                return;
            }
            ended_well(step);
        });
}

void Executor::begin(plan::StepIndex step, const plan::DeleteInstance& action) {
    readiness_.forget(action.engine_id);
    if (action.role == plan::Role::instance) {
        replacements_.erase(action.instance);  // from here on there is no way back
    }
    remove(step, action, Clock::now() + removal_time);
}

void Executor::remove(plan::StepIndex step, const plan::DeleteInstance& action,
                      Clock::time_point deadline) {
    send(engine::api::remove_container(action.engine_id),
         [this, step, &action, deadline](engine::Result<engine::Changed> changed) {
             if (!changed && engine::is_status(changed.error(), 409) && Clock::now() < deadline) {
                 at(Clock::now() + removal_pause,
                    [=, this, &action] { remove(step, action, deadline); });
                 return;
             }
             if (!changed) {
                 failed(step, fmt::format("remove `{}`", engine_name(action.instance, action.role)),
                        std::move(changed.error()));
                 return;
             }
             ended_well(step);
         });
}

void Executor::begin(plan::StepIndex step, const plan::DeleteVolume& action) {
    send(
        engine::api::remove_volume(action.name),
        then_ended_well<engine::Changed>(step, fmt::format("remove the volume `{}`", action.name)));
}

void Executor::begin(plan::StepIndex step, const plan::AwaitReady& action) {
    awaited_[action.container] = step;
    settle_awaits();
}

// Without a check, it is ready when it has stayed up for the settle time.
void Executor::begin(plan::StepIndex step, const plan::AwaitCandidate& action) {
    const std::string id = id_of(action.instance, action.engine_id);
    replacements_[action.instance] = {old_ids_[action.instance], id};
    if (!readiness_.expects(id)) {  // an earlier `up` started it
        readiness_.expect(id, action.instance, container(action.instance.container));
        readiness_.started(id);
        readiness_.look(id);  // the engine may have told of its health before anybody listened
    }
    const auto wait = [this, step, id] {
        candidates_awaited_[id] = step;
        settle_awaits();
    };
    if (needs_settling(action.instance.container)) {
        at(Clock::now() + options_.settle, wait);
    } else {
        wait();
    }
}

// Dependents need not wait for the settle time, but nothing is taken away before it has passed.
void Executor::begin(plan::StepIndex step, const plan::Milestone& action) {
    if (action.point == plan::Milestone::Point::ready && last_start_) {
        at(*last_start_ + options_.settle, [this, step] { ended_well(step); });
    } else {
        ended_well(step);
    }
}

}  // namespace apply
