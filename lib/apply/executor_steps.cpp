// What the executor does for each kind of step: one engine call, and what its answers mean.

#include <random>
#include <utility>

#include <fmt/format.h>

#include "apply/executor.hpp"

namespace apply {
namespace {

// Of another run: how long to look for a container whose name is taken before it can be seen, and
// for one that somebody else is removing.
constexpr auto adoption_time = std::chrono::seconds(1);
constexpr auto removal_time = std::chrono::seconds(10);
constexpr auto look_again = std::chrono::milliseconds(50);

// Tells the record of this run from one that was there.
std::string random_word() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

// A service without a check shows by its staying up that it runs.
bool needs_settling(const appliance::Container& container) {
    return container.type == appliance::ContainerType::service && !container.health_check;
}

// "--storage-opt is supported only for overlay over xfs with 'pquota' mount option"
bool refuses_disk(const engine::Error& error) {
    const auto* refusal = std::get_if<engine::Refused>(&error);
    return refusal != nullptr && (refusal->message.find("storage-opt") != std::string::npos ||
                                  refusal->message.find("storage opt") != std::string::npos);
}

Casualty casualty(const plan::Instance& instance, const std::string& engine_id,
                  InstanceFailed::How how) {
    InstanceFailed failure;
    failure.instance = instance;
    failure.how = how;
    return {std::move(failure), engine_id};
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

void Executor::begin(plan::StepIndex step, const plan::CreateInstance& action) {
    const std::size_t index = index_.at(action.instance.container);
    create(step, action,
           to_engine(container(action.instance.container), action.instance, action.role,
                     options_.record->containers[index], options_.surroundings));
}

void Executor::create(plan::StepIndex step, const plan::CreateInstance& action,
                      const engine::CreateContainer& wanted) {
    send(engine::api::create_container(wanted),
         [this, step, &action, wanted](engine::Result<engine::CreatedContainer> created) {
             if (!created) {
                 if (engine::is_status(created.error(), 409)) {
                     adopt(step, action, Clock::now() + adoption_time);
                     return;
                 }
                 if (wanted.disk && refuses_disk(created.error())) {
                     warn(action.instance, "`disk` is not enforced: this engine's storage cannot");
                     engine::CreateContainer without = wanted;
                     without.disk.reset();
                     create(step, action, without);
                     return;
                 }
                 refused(step, casualty(action.instance, "", InstanceFailed::How::create_refused),
                         fmt::format("create `{}`", engine_name(action.instance, action.role)),
                         std::move(created.error()));
                 return;
             }
             for (const std::string& warning : created->warnings) {
                 warn(action.instance, warning);
             }
             created_[action.instance] = created->id;
             ended_well(step);
         });
}

void Executor::warn(const plan::Instance& instance, const std::string& warning) {
    const std::string text = fmt::format("`{}`: {}", instance.container, warning);
    if (warned_.insert(text).second) {  // once for all its instances
        loop_.listener().on(Noticed{{diagnostics::Severity::warning, text, std::nullopt, ""}});
    }
}

// The name is taken. Where what has it is just what we would have made, somebody else made it:
// good.
void Executor::adopt(plan::StepIndex step, const plan::CreateInstance& action,
                     Clock::time_point deadline) {
    const std::string& wanted =
        options_.record->containers[index_.at(action.instance.container)].fingerprint;
    const std::string name = engine_name(action.instance, action.role);
    send(engine::api::inspect_container(name), [this, step, &action, deadline, name, &wanted](
                                                   engine::Result<engine::ContainerDetail> found) {
        if (!found && engine::is_status(found.error(), 404) && Clock::now() < deadline) {
            at(Clock::now() + look_again, [=, this, &action] { adopt(step, action, deadline); });
            return;
        }
        if (!found) {
            failed(step, fmt::format("inspect `{}`", name), std::move(found.error()));
            return;
        }
        const auto has = [&](const char* label, const std::string& value) {
            const auto own = found->labels.find(label);
            return own != found->labels.end() && own->second == value;
        };
        if (!has(plan::label::appliance, options_.surroundings.appliance.str()) ||
            !has(plan::label::fingerprint, wanted)) {
            failed(step, NameTaken{NameTaken::What::container, name});
            return;
        }
        created_[action.instance] = found->id;
        ended_well(step);
    });
}

void Executor::begin(plan::StepIndex step, const plan::RestorePolicy& action) {
    send(engine::api::update_restart_policy(action.engine_id,
                                            restart_policy(container(action.instance.container))),
         [this, step, &action](engine::Result<engine::Done> done) {
             // An engine refuses it for a container that it is restarting, which needs no policy
             // back.
             if (!done && !std::holds_alternative<engine::Refused>(done.error())) {
                 failed(step, fmt::format("update `{}`", engine_name(action.instance)),
                        std::move(done.error()));
                 return;
             }
             ended_well(step);
         });
}

void Executor::begin(plan::StepIndex step, const plan::StartInstance& action) {
    const std::string id = id_of(action.instance, action.engine_id);
    if (action.role == plan::Role::candidate) {
        replacements_[action.instance] = {old_ids_[action.instance], id};
    }
    readiness_.expect(id, action.instance, container(action.instance.container));
    send(engine::api::start_container(id),
         [this, step, &action, id](engine::Result<engine::Changed> changed) {
             if (!changed) {
                 readiness_.forget(id);
                 refused(step, casualty(action.instance, id, InstanceFailed::How::start_refused),
                         fmt::format("start `{}`", engine_name(action.instance, action.role)),
                         std::move(changed.error()));
                 return;
             }
             if (needs_settling(container(action.instance.container))) {
                 last_start_ = Clock::now();
             }
             ended_well(step);
             readiness_.started(id);
         });
}

void Executor::begin(plan::StepIndex step, const plan::ResumeInstance& action) {
    readiness_.expect(action.engine_id, action.instance, container(action.instance.container));
    send(engine::api::unpause_container(action.engine_id),
         [this, step, &action](engine::Result<engine::Changed> changed) {
             if (!changed) {
                 refused(step,
                         casualty(action.instance, action.engine_id,
                                  InstanceFailed::How::start_refused),
                         fmt::format("resume `{}`", engine_name(action.instance)),
                         std::move(changed.error()));
                 return;
             }
             ended_well(step);
             readiness_.started(action.engine_id);
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
                 at(Clock::now() + look_again,
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
    }
    const auto wait = [this, step, id] {
        candidates_awaited_[id] = step;
        settle_awaits();
    };
    if (needs_settling(container(action.instance.container))) {
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
