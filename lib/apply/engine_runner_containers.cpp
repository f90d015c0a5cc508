// How containers are made, started, stopped and taken away.

#include <utility>

#include <fmt/format.h>

#include "apply/engine_runner.hpp"
#include "apply/observe.hpp"

namespace apply {
namespace {

// The engine may refuse a name before an inspect shows who has it: how long to look for that
// container.
constexpr auto adoption_time = std::chrono::seconds(1);
constexpr auto adoption_pause = std::chrono::milliseconds(50);
// How long to wait for a container that somebody else is removing.
constexpr auto removal_time = std::chrono::seconds(10);
constexpr auto removal_pause = std::chrono::milliseconds(50);
// A stop that takes longer may have ended with a kill.
constexpr auto quick_stop = std::chrono::seconds(1);
constexpr int killed = 137;

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

}  // namespace

engine::CreateContainer EngineRunner::wanted(const plan::CreateInstance& action) const {
    return to_engine(container(action.instance.container), action.instance, action.role,
                     options_.record->containers[index_.at(action.instance.container)],
                     options_.context);
}

void EngineRunner::begin(const plan::CreateInstance& action, const Results&, const Done& done) {
    create(action, wanted(action), done);
}

void EngineRunner::create(const plan::CreateInstance& action,
                          const engine::CreateContainer& container, const Done& done) {
    calls_.send(
        engine::api::create_container(container),
        [this, action, container, done](engine::Result<engine::CreatedContainer> created) {
            if (created) {
                for (const std::string& warning : created->warnings) {
                    warn(action.instance, ": " + warning);
                }
                done(Succeeded{created->id});
            } else if (engine::is_status(created.error(), 409)) {
                adopt(action, Clock::now() + adoption_time, done);
            } else if (container.disk && refuses_disk(created.error())) {
                warn(action.instance, ": `disk` is not enforced: this engine's storage cannot");
                engine::CreateContainer without = container;
                without.disk.reset();
                create(action, without, done);
            } else {
                done(refused(InstanceFailed::How::create_refused,
                             fmt::format("create `{}`", engine_name(action.instance, action.role)),
                             std::move(created.error())));
            }
        });
}

// The name is taken. Where what has it is just what we would have made, somebody else made it:
// good.
void EngineRunner::adopt(const plan::CreateInstance& action, Clock::time_point deadline,
                         const Done& done) {
    const std::string name = engine_name(action.instance, action.role);
    calls_.send(
        engine::api::inspect_container(name),
        [this, action, deadline, name, done](engine::Result<engine::ContainerDetail> found) {
            if (!found && engine::is_status(found.error(), 404) && Clock::now() < deadline) {
                calls_.at(Clock::now() + adoption_pause,
                          [=, this] { adopt(action, deadline, done); });
                return;
            }
            if (!found) {
                done(failed(fmt::format("inspect `{}`", name), std::move(found.error())));
                return;
            }
            const std::string& fingerprint =
                options_.record->containers[index_.at(action.instance.container)].fingerprint;
            const bool ours =
                label_of(found->labels, plan::label::appliance) == options_.context.appliance.str();
            const bool as_wanted = label_of(found->labels, plan::label::fingerprint) == fingerprint;
            if (ours && as_wanted) {
                done(Succeeded{found->id});
            } else if (ours && found->state == engine::ContainerState::created) {
                create_instead_of(found->id, action, done);
            } else {
                done(Failed{NameTaken{NameTaken::What::container, name}});
            }
        });
}

// An `up` of another document was killed, and only now the engine made what it had asked for.
void EngineRunner::create_instead_of(const std::string& id, const plan::CreateInstance& action,
                                     const Done& done) {
    calls_.send(engine::api::remove_container(id), [this, action,
                                                    done](engine::Result<engine::Changed> removed) {
        if (removed) {
            create(action, wanted(action), done);
        } else {
            done(failed(fmt::format("remove `{}`", engine_name(action.instance, action.role)),
                        std::move(removed.error())));
        }
    });
}

void EngineRunner::begin(const plan::RestorePolicy& action, const Results&, const Done& done) {
    calls_.send(engine::api::update_restart_policy(
                    action.engine_id, restart_policy(container(action.instance.container))),
                [this, action, done](engine::Result<engine::Done> reply) {
                    // An engine refuses it for a container that it is restarting, which needs no
                    // policy back.
                    if (!reply && !std::holds_alternative<engine::Refused>(reply.error())) {
                        done(failed(fmt::format("update `{}`", engine_name(action.instance)),
                                    std::move(reply.error())));
                        return;
                    }
                    done(Succeeded{});
                });
}

void EngineRunner::begin(const plan::MarkFailed& action, const Results&, const Done& done) {
    send(engine::api::update_restart_policy(action.engine_id,
                                            {.name = "no", .maximum_retry_count = 0}),
         fmt::format("update `{}`", engine_name(action.instance)), done);
}

void EngineRunner::begin(const plan::StartInstance& action, const Results& results,
                         const Done& done) {
    const std::string id = results.id_of(action.container);
    calls_.send(engine::api::start_container(id), [this, action, id,
                                                   done](engine::Result<engine::Changed> changed) {
        using IfSpoiled = plan::StartInstance::IfSpoiled;
        if (changed) {
            done(Succeeded{});
        } else if (action.if_spoiled == IfSpoiled::make_anew && is_left_over(changed.error())) {
            make_anew(id, action, done);
        } else {
            done(refused(InstanceFailed::How::start_refused,
                         fmt::format("start `{}`", engine_name(action.instance, action.role)),
                         std::move(changed.error())));
        }
    });
}

void EngineRunner::make_anew(const std::string& id, const plan::StartInstance& action,
                             const Done& done) {
    warn(action.instance, ": what a killed engine left kept it from starting; it is made anew");
    calls_.send(engine::api::remove_container(id), [this, action,
                                                    done](engine::Result<engine::Changed> removed) {
        if (!removed) {
            done(failed(fmt::format("remove `{}`", engine_name(action.instance, action.role)),
                        std::move(removed.error())));
            return;
        }
        const plan::CreateInstance anew{action.instance, action.role};
        create(anew, wanted(anew), [done](Outcome outcome) {
            if (auto* created = std::get_if<Succeeded>(&outcome)) {
                outcome = Remade{std::move(created->engine_id)};
            }
            done(std::move(outcome));
        });
    });
}

void EngineRunner::begin(const plan::ResumeInstance& action, const Results&, const Done& done) {
    calls_.send(engine::api::unpause_container(action.engine_id),
                [this, action, done](engine::Result<engine::Changed> changed) {
                    done(changed ? Outcome(Succeeded{})
                                 : refused(InstanceFailed::How::start_refused,
                                           fmt::format("resume `{}`", engine_name(action.instance)),
                                           std::move(changed.error())));
                });
}

void EngineRunner::begin(const plan::StopInstance& action, const Results& results,
                         const Done& done) {
    const std::string id = results.id_of(action.container);
    calls_.send(
        engine::api::stop_container(id, options_.stop_timeout),
        [this, action, id, done, began = Clock::now()](engine::Result<engine::Changed> changed) {
            // 404: it is gone, which is more than asked.
            if (!changed && !engine::is_status(changed.error(), 404)) {
                done(failed(fmt::format("stop `{}`", engine_name(action.instance, action.role)),
                            std::move(changed.error())));
                return;
            }
            const auto took = Clock::now() - began;
            if (changed && took > quick_stop) {
                tell_if_killed(id, action.instance, std::chrono::floor<std::chrono::seconds>(took),
                               done);
            } else {
                done(Succeeded{});
            }
        });
}

// Says why a stop took so long. Best effort.
void EngineRunner::tell_if_killed(const std::string& id, const plan::Instance& instance,
                                  std::chrono::seconds took, const Done& done) {
    calls_.send(
        engine::api::inspect_container(id),
        [this, instance, took, done](const engine::Result<engine::ContainerDetail>& detail) {
            if (detail && detail->exit_code == killed && !detail->oom_killed) {
                warn(instance,
                     fmt::format(" ignored its stop signal for {} s and was killed", took.count()),
                     "set `init` to true: as process 1 a program gets only the signals that it "
                     "handles; where `cmd` starts a shell, begin the last command with `exec`; or "
                     "name another `stop_signal`");
            }
            done(Succeeded{});
        });
}

void EngineRunner::begin(const plan::DeleteInstance& action, const Results& results,
                         const Done& done) {
    remove(results.id_of(action.container),
           fmt::format("remove `{}`", engine_name(action.instance, action.role)),
           Clock::now() + removal_time, done);
}

void EngineRunner::remove(const std::string& id, const std::string& what,
                          Clock::time_point deadline, const Done& done) {
    calls_.send(engine::api::remove_container(id),
                [this, id, what, deadline, done](engine::Result<engine::Changed> changed) {
                    if (changed) {
                        done(Succeeded{});
                    } else if (engine::is_status(changed.error(), 409) && Clock::now() < deadline) {
                        calls_.at(Clock::now() + removal_pause,
                                  [=, this] { remove(id, what, deadline, done); });
                    } else {
                        done(failed(what, std::move(changed.error())));
                    }
                });
}

void EngineRunner::begin(const plan::PromoteCandidate& action, const Results& results,
                         const Done& done) {
    send(engine::api::rename_container(results.id_of(action.container),
                                       engine_name(action.instance)),
         fmt::format("rename `{}`", engine_name(action.instance, plan::Role::candidate)), done);
}

}  // namespace apply
