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

void Executor::begin(plan::StepIndex step, const plan::CreateNetwork& action) {
    const engine::Labels labels = {{plan::label::appliance, options_.surroundings.appliance.str()}};
    send(engine::api::create_network({action.name, labels}),
         [this, step, &action](engine::Result<std::string> id) {
             if (!id) {
                 failed(step, fmt::format("create the network `{}`", action.name),
                        std::move(id.error()));
                 return;
             }
             options_.surroundings.network_id = std::move(*id);
             ended_well(step);
         });
}

void Executor::begin(plan::StepIndex step, const plan::CreateInstance& action) {
    const std::size_t index = index_.at(action.instance.container);
    const engine::CreateContainer create =
        to_engine(container(action.instance.container), action.instance.number,
                  options_.record->containers[index], options_.surroundings);
    send(engine::api::create_container(create),
         [this, step, &action](engine::Result<engine::CreatedContainer> created) {
             if (!created) {
                 if (engine::is_status(created.error(), 409)) {
                     adopt(step, action.instance, Clock::now() + adoption_time);
                     return;
                 }
                 refused(step, casualty(action.instance, "", InstanceFailed::How::create_refused),
                         fmt::format("create `{}`", engine_name(action.instance)),
                         std::move(created.error()));
                 return;
             }
             for (const std::string& warning : created->warnings) {
                 loop_.listener().on(
                     Noticed{{diagnostics::Severity::warning,
                              fmt::format("`{}`: {}", action.instance.container, warning),
                              std::nullopt, ""}});
             }
             created_[action.instance] = created->id;
             options_.watched[created->id] = action.instance;
             ended_well(step);
         });
}

// The name is taken. Where what has it is just what we would have made, somebody else made it:
// good.
void Executor::adopt(plan::StepIndex step, const plan::Instance& instance,
                     Clock::time_point deadline) {
    const std::string& wanted =
        options_.record->containers[index_.at(instance.container)].fingerprint;
    send(engine::api::inspect_container(engine_name(instance)),
         [this, step, instance, deadline, &wanted](engine::Result<engine::ContainerDetail> found) {
             if (!found && engine::is_status(found.error(), 404) && Clock::now() < deadline) {
                 at(Clock::now() + look_again, [=, this] { adopt(step, instance, deadline); });
                 return;
             }
             if (!found) {
                 failed(step, fmt::format("inspect `{}`", engine_name(instance)),
                        std::move(found.error()));
                 return;
             }
             const auto has = [&](const char* name, const std::string& value) {
                 const auto label = found->labels.find(name);
                 return label != found->labels.end() && label->second == value;
             };
             if (!has(plan::label::appliance, options_.surroundings.appliance.str()) ||
                 !has(plan::label::fingerprint, wanted)) {
                 failed(step, NameTaken{NameTaken::What::container, engine_name(instance)});
                 return;
             }
             created_[instance] = found->id;
             options_.watched[found->id] = instance;
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
    const std::string id =
        action.engine_id.empty() ? created_.at(action.instance) : action.engine_id;
    options_.watched[id] = action.instance;
    send(engine::api::start_container(id),
         [this, step, &action, id](engine::Result<engine::Changed> changed) {
             if (!changed) {
                 refused(step, casualty(action.instance, id, InstanceFailed::How::start_refused),
                         fmt::format("start `{}`", engine_name(action.instance)),
                         std::move(changed.error()));
                 return;
             }
             last_start_ = Clock::now();
             ended_well(step);
         });
}

void Executor::begin(plan::StepIndex step, const plan::ResumeInstance& action) {
    options_.watched[action.engine_id] = action.instance;
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
         });
}

void Executor::begin(plan::StepIndex step, const plan::StopInstance& action) {
    let_go_.insert(action.engine_id);
    send(
        engine::api::stop_container(action.engine_id, options_.stop_timeout),
        [this, step, &action](engine::Result<engine::Changed> changed) {
            if (!changed && !engine::is_status(changed.error(),
                                               404)) {  // 404: it is gone, which is more than asked
                failed(step, fmt::format("stop `{}`", engine_name(action.instance)),
                       std::move(changed.error()));
                return;
            }
            ended_well(step);
        });
}

void Executor::begin(plan::StepIndex step, const plan::DeleteInstance& action) {
    let_go_.insert(action.engine_id);
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
                 failed(step, fmt::format("remove `{}`", engine_name(action.instance)),
                        std::move(changed.error()));
                 return;
             }
             ended_well(step);
         });
}

void Executor::begin(plan::StepIndex step, const plan::DeleteNetwork& action) {
    send(engine::api::remove_network(action.engine_id),
         then_ended_well<engine::Changed>(step,
                                          fmt::format("remove the network `{}`", action.name)));
}

void Executor::begin(plan::StepIndex step, const plan::DeleteVolume& action) {
    send(
        engine::api::remove_volume(action.name),
        then_ended_well<engine::Changed>(step, fmt::format("remove the volume `{}`", action.name)));
}

void Executor::begin(plan::StepIndex step, const plan::AwaitReady& action) {
    ended_well(step);  // without a check, what was started is ready
    loop_.listener().on(ContainerReady{action.container});
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
