// How the executor makes instances and has them run.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "apply/executor.hpp"
#include "apply/observe.hpp"

namespace apply {
namespace {

// Of another run: how long to look for a container whose name is taken before it can be seen.
constexpr auto adoption_time = std::chrono::seconds(1);
constexpr auto adoption_pause = std::chrono::milliseconds(50);

// "--storage-opt is supported only for overlay over xfs with 'pquota' mount option"
bool refuses_disk(const engine::Error& error) {
    const auto* refusal = std::get_if<engine::Refused>(&error);
    return refusal != nullptr && (refusal->message.find("storage-opt") != std::string::npos ||
                                  refusal->message.find("storage opt") != std::string::npos);
}

// What an engine that was killed in the middle of a start left in containerd or runc: such a
// container can never start again, one of another ID can (the first three seen on 20.10).
bool is_left_over(const engine::Error& error) {
    const auto* refusal = std::get_if<engine::Refused>(&error);
    const auto says = [&](const char* text) {
        return refusal->message.find(text) != std::string::npos;
    };
    return refusal != nullptr &&
           ((says("task ") && says(": already exists")) ||
            (says("failed to start shim: mkdir ") && says(": file exists")) ||
            says("id already in use") || says("container with given ID already exists"));
}

Casualty casualty(const plan::Instance& instance, const std::string& engine_id,
                  InstanceFailed::How how) {
    InstanceFailed failure;
    failure.instance = instance;
    failure.how = how;
    return {std::move(failure), engine_id};
}

}  // namespace

engine::CreateContainer Executor::wanted(const plan::CreateInstance& action) const {
    const std::size_t index = index_.at(action.instance.container);
    return to_engine(container(action.instance.container), action.instance, action.role,
                     options_.record->containers[index], options_.surroundings);
}

void Executor::begin(plan::StepIndex step, const plan::CreateInstance& action) {
    create(step, action, wanted(action), [this, step] { ended_well(step); });
}

void Executor::create(plan::StepIndex step, const plan::CreateInstance& action,
                      const engine::CreateContainer& container, const Then& then) {
    send(engine::api::create_container(container),
         [this, step, action, container, then](engine::Result<engine::CreatedContainer> created) {
             if (!created) {
                 if (engine::is_status(created.error(), 409)) {
                     adopt(step, action, Clock::now() + adoption_time, then);
                     return;
                 }
                 if (container.disk && refuses_disk(created.error())) {
                     warn(action.instance, "`disk` is not enforced: this engine's storage cannot");
                     engine::CreateContainer without = container;
                     without.disk.reset();
                     create(step, action, without, then);
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
             then();
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
                     Clock::time_point deadline, const Then& then) {
    const std::string& wanted =
        options_.record->containers[index_.at(action.instance.container)].fingerprint;
    const std::string name = engine_name(action.instance, action.role);
    send(engine::api::inspect_container(name), [this, step, action, deadline, name, &wanted, then](
                                                   engine::Result<engine::ContainerDetail> found) {
        if (!found && engine::is_status(found.error(), 404) && Clock::now() < deadline) {
            at(Clock::now() + adoption_pause, [=, this] { adopt(step, action, deadline, then); });
            return;
        }
        if (!found) {
            failed(step, fmt::format("inspect `{}`", name), std::move(found.error()));
            return;
        }
        const bool ours = label_of(found->labels, plan::label::appliance) ==
                          options_.surroundings.appliance.str();
        const bool as_wanted = label_of(found->labels, plan::label::fingerprint) == wanted;
        if (ours && !as_wanted && found->state == engine::ContainerState::created) {
            create_instead_of(step, action, found->id, then);
            return;
        }
        if (!ours || !as_wanted) {
            failed(step, NameTaken{NameTaken::What::container, name});
            return;
        }
        created_[action.instance] = found->id;
        then();
    });
}

// An `up` of another document was killed, and only now the engine made what it had asked for.
void Executor::create_instead_of(plan::StepIndex step, const plan::CreateInstance& action,
                                 const std::string& id, const Then& then) {
    send(engine::api::remove_container(id),
         [this, step, action, then](engine::Result<engine::Changed> removed) {
             if (removed) {
                 create(step, action, this->wanted(action), then);
             } else {
                 failed(step, fmt::format("remove `{}`", engine_name(action.instance, action.role)),
                        std::move(removed.error()));
             }
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
    start(step, action, is_as_wanted(action) ? Spoiled::is_made_anew : Spoiled::is_final);
}

void Executor::start(plan::StepIndex step, const plan::StartInstance& action, Spoiled spoiled) {
    const std::string id = id_of(action.instance, action.engine_id);
    if (action.role == plan::Role::candidate) {
        replacements_[action.instance] = {old_ids_[action.instance], id};
    }
    if (!to_go_.contains(id)) {
        readiness_.expect(id, action.instance, container(action.instance.container));
    }
    send(engine::api::start_container(id),
         [this, step, &action, spoiled, id](engine::Result<engine::Changed> changed) {
             if (!changed) {
                 readiness_.forget(id);
                 if (spoiled == Spoiled::is_made_anew && !to_go_.contains(id) &&
                     is_left_over(changed.error())) {
                     make_anew(step, action, id);
                     return;
                 }
                 const auto* refusal = std::get_if<engine::Refused>(&changed.error());
                 if (refusal != nullptr && is_dispensable(action, id)) {
                     warn(action.instance,
                          fmt::format("`{}` does not start: {}", plan::to_string(action.instance),
                                      refusal->message));
                     schedule_.ended_well(step);
                     return;
                 }
                 refused(step, casualty(action.instance, id, InstanceFailed::How::start_refused),
                         fmt::format("start `{}`", engine_name(action.instance, action.role)),
                         std::move(changed.error()));
                 return;
             }
             if (needs_settling(action.instance.container)) {
                 last_start_ = Clock::now();
             }
             ended_well(step);
             readiness_.started(id);
         });
}

// What takes its place is yet to come, or the others do.
bool Executor::is_dispensable(const plan::StartInstance& action, const std::string& id) {
    return to_go_.contains(id) || (action.role == plan::Role::instance &&
                                   can_do_without_one_more(container(action.instance.container)));
}

// One that another document made cannot be made anew from this one.
bool Executor::is_as_wanted(const plan::StartInstance& action) const {
    const std::string& wanted =
        options_.record->containers[index_.at(action.instance.container)].fingerprint;
    return action.engine_id.empty() ||
           std::any_of(options_.observed->instances.begin(), options_.observed->instances.end(),
                       [&](const plan::ObservedInstance& instance) {
                           return instance.engine_id == action.engine_id &&
                                  instance.fingerprint == wanted;
                       });
}

void Executor::make_anew(plan::StepIndex step, const plan::StartInstance& action,
                         const std::string& id) {
    warn(action.instance, "what a killed engine left kept it from starting; it is made anew");
    send(engine::api::remove_container(id),
         [this, step, &action](engine::Result<engine::Changed> removed) {
             if (!removed && !engine::is_status(removed.error(), 404)) {
                 failed(step, fmt::format("remove `{}`", engine_name(action.instance, action.role)),
                        std::move(removed.error()));
                 return;
             }
             const plan::CreateInstance anew{action.instance, action.role};
             create(step, anew, wanted(anew),
                    [this, step, &action] { start(step, action, Spoiled::is_final); });
         });
}

void Executor::begin(plan::StepIndex step, const plan::ResumeInstance& action) {
    readiness_.expect(action.engine_id, action.instance, container(action.instance.container),
                      Readiness::Running::already);
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

}  // namespace apply
