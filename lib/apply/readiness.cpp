#include "apply/readiness.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "apply/check.hpp"
#include "apply/translate.hpp"
#include "engine/version.hpp"

namespace apply {
namespace {

// The first attempts come quickly: most programs are ready at once or after some seconds.
constexpr auto first_pause = std::chrono::milliseconds(50);
constexpr auto longest_pause = std::chrono::milliseconds(1000);
// The engine takes a moment to say what becomes of a process that ended.
constexpr auto look_pause = std::chrono::milliseconds(100);
constexpr int most_looks = 50;

bool is_job(const appliance::Container& container) {
    return container.type == appliance::ContainerType::job;
}

}  // namespace

Readiness::Readiness(Loop& loop, Listener listener) : loop_(loop), listener_(std::move(listener)) {}

void Readiness::expect(const std::string& engine_id, const plan::Instance& instance,
                       const appliance::Container& container, Running running) {
    Watch watch;
    watch.instance = instance;
    watch.engine_id = engine_id;
    watch.container = &container;
    watch.was_running = running == Running::already;
    watches_[engine_id] = std::move(watch);
}

void Readiness::started(const std::string& engine_id) {
    Watch* watch = find(engine_id);
    if (watch == nullptr || watch->decided) {
        return;
    }
    watch->has_started = true;
    watch->pause = first_pause;
    watch->since = watch->last_counted = Clock::now();
    if (watch->was_running && watch->container->health_check) {
        watch->since -= watch->container->health_check->grace;  // it had its time
    }
    if (is_job(*watch->container)) {
        return;  // its end is told by an event
    }
    if (watch->container->health_check) {
        begin_check(*watch);
    } else {
        decide(*watch, true);
    }
}

void Readiness::forget(const std::string& engine_id) { watches_.erase(engine_id); }

bool Readiness::died(const std::string& engine_id, int exit_code) {
    Watch* watch = find(engine_id);
    if (watch == nullptr) {
        return false;
    }
    if (!is_job(*watch->container)) {
        if (!watch->decided || watch->ready) {
            give_up(*watch, InstanceFailed::How::exited, exit_code);
        }
        return true;
    }
    if (watch->decided) {
        return true;
    }
    const appliance::Restart& restart = watch->container->restart;
    if (exit_code == 0) {
        decide(*watch, true);
    } else if (restart.policy == appliance::Restart::Policy::no) {
        give_up(*watch, InstanceFailed::How::exited, exit_code);
    } else {
        look(engine_id);  // the engine may try it again
    }
    return true;
}

void Readiness::checked(const std::string& engine_id, plan::Health health) {
    Watch* watch = find(engine_id);
    if (watch == nullptr || watch->decided || !watch->container->health_check) {
        return;
    }
    if (health == plan::Health::healthy) {
        decide(*watch, true);
    } else if (health == plan::Health::unhealthy) {
        give_up(*watch, InstanceFailed::How::unhealthy, std::nullopt);
    }
}

void Readiness::look_again(Which which) {
    std::vector<std::string> ids;
    for (const auto& [id, watch] : watches_) {
        if (watch.has_started && (!watch.decided || (which == Which::all && watch.ready))) {
            ids.push_back(id);
        }
    }
    for (const std::string& id : ids) {
        look(id);
    }
}

void Readiness::look(const std::string& engine_id) {
    loop_.client().send(engine::api::inspect_container(engine_id),
                        [this, alive = std::weak_ptr<int>(alive_),
                         engine_id](const engine::Result<engine::ContainerDetail>& detail) {
                            Watch* watch = alive.expired() ? nullptr : find(engine_id);
                            if (watch != nullptr && detail) {
                                judge(*watch, *detail);
                            } else if (watch != nullptr && engine::is_status(detail.error(), 404)) {
                                give_up(*watch, InstanceFailed::How::removed, std::nullopt);
                            }
                        });
}

void Readiness::judge(Watch& watch, const engine::ContainerDetail& detail) {
    if (is_job(*watch.container)) {
        if (!watch.decided) {
            judge_job(watch, detail);
        }
        return;
    }
    switch (detail.state) {
        case engine::ContainerState::exited:
        case engine::ContainerState::restarting:
        case engine::ContainerState::dead:
            give_up(watch, InstanceFailed::How::exited, detail.exit_code);
            return;
        case engine::ContainerState::created:
        case engine::ContainerState::running:
        case engine::ContainerState::paused:
        case engine::ContainerState::removing: break;
    }
    const plan::Health health = to_plan(detail.health);
    if (watch.decided) {
        return;
    }
    if (watch.was_running && health == plan::Health::unhealthy && watch.looks++ == 0) {
        // It was so before: what this command does may be the remedy, so it gets another chance.
        const appliance::HealthCheck& check = *watch.container->health_check;
        look_later(watch, check.interval * check.max_failures);
        return;
    }
    checked(watch.engine_id, health);
}

void Readiness::judge_job(Watch& watch, const engine::ContainerDetail& detail) {
    const appliance::Restart& restart = watch.container->restart;
    switch (detail.state) {
        case engine::ContainerState::created:
        case engine::ContainerState::running:
        case engine::ContainerState::restarting:
        case engine::ContainerState::paused: return;  // another event will come
        case engine::ContainerState::removing:
        case engine::ContainerState::dead:
            give_up(watch, InstanceFailed::How::exited, detail.exit_code);
            return;
        case engine::ContainerState::exited: break;
    }
    const bool no_more = restart.policy == appliance::Restart::Policy::no ||
                         (restart.max_retries > 0 && detail.restart_count >= restart.max_retries);
    if (detail.exit_code == 0) {
        decide(watch, true);
    } else if (no_more || ++watch.looks > most_looks) {  // else somebody stopped it
        give_up(watch, InstanceFailed::How::exited, detail.exit_code);
    } else {
        look_later(watch, look_pause);
    }
}

void Readiness::look_later(const Watch& watch, std::chrono::milliseconds pause) {
    loop_.at(Clock::now() + pause,
             [this, alive = std::weak_ptr<int>(alive_), id = watch.engine_id] {
                 if (!alive.expired()) {
                     look(id);
                 }
             });
}

bool Readiness::is_ready(const std::string& engine_id) const {
    const auto found = watches_.find(engine_id);
    return found != watches_.end() && found->second.ready;
}

int Readiness::ready_instances(const appliance::ContainerId& container) const {
    return static_cast<int>(std::count_if(watches_.begin(), watches_.end(), [&](const auto& entry) {
        return entry.second.ready && entry.second.instance.container == container;
    }));
}

std::vector<PendingCheck> Readiness::pending() const {
    std::vector<PendingCheck> checks;
    for (const auto& [id, watch] : watches_) {
        if (!watch.decided && watch.has_started && watch.container->health_check) {
            checks.push_back(pending_check(watch));
        }
    }
    return checks;
}

Readiness::Watch* Readiness::find(const std::string& engine_id) {
    const auto found = watches_.find(engine_id);
    return found == watches_.end() ? nullptr : &found->second;
}

void Readiness::decide(Watch& watch, bool ready) {
    watch.decided = true;
    watch.ready = ready;
    if (ready) {
        listener_.changed();
    }
}

void Readiness::give_up(Watch& watch, InstanceFailed::How how, std::optional<int> exit_code) {
    decide(watch, false);
    Unready unready{watch.instance, watch.engine_id, how,
                    exit_code,      std::nullopt,    watch.was_running};
    if (how == InstanceFailed::How::unhealthy) {
        unready.check = pending_check(watch);
    }
    listener_.unready(std::move(unready));
}

// Checks.

PendingCheck Readiness::pending_check(const Watch& watch) {
    PendingCheck check;
    check.container = watch.instance.container;
    check.answer = watch.answer;
    if (!watch.targets.empty()) {
        check.asked = watch.targets.front();
    } else if (const auto* command =
                   std::get_if<appliance::CommandCheck>(&watch.container->health_check->probe)) {
        check.asked = command->line;
    }
    return check;
}

void Readiness::begin_check(Watch& watch) {
    const auto& probe = watch.container->health_check->probe;
    if (std::holds_alternative<appliance::CommandCheck>(probe)) {
        if (!engine::starts_checks_soon(loop_.client().api_version()) || watch.was_running) {
            attempt_later(watch);
        }
        return;
    }
    loop_.client().send(
        engine::api::inspect_container(watch.engine_id),
        for_watch<engine::Result<engine::ContainerDetail>>(
            watch.engine_id, [this](Watch& own, engine::Result<engine::ContainerDetail> detail) {
                if (detail) {
                    own.targets = targets_of(*detail, *own.container);
                }
                if (own.targets.empty()) {
                    attempt_failed(own, "the engine does not tell its address");
                } else {
                    attempt(own.engine_id);
                }
            }));
}

void Readiness::attempt_later(Watch& watch) {
    const auto& check = *watch.container->health_check;
    loop_.at(Clock::now() + watch.pause,
             [this, alive = std::weak_ptr<int>(alive_), id = watch.engine_id] {
                 if (!alive.expired()) {
                     attempt(id);
                 }
             });
    watch.pause =
        std::min({watch.pause * 3 / 2, longest_pause, std::max(check.interval, first_pause)});
}

void Readiness::attempt(const std::string& engine_id) {
    Watch* watch = find(engine_id);
    if (watch == nullptr || watch->decided) {
        return;
    }
    if (std::holds_alternative<appliance::CommandCheck>(watch->container->health_check->probe)) {
        run_command(*watch);
    } else if (watch->targets.empty()) {
        begin_check(*watch);
    } else {
        probe(*watch);
    }
}

void Readiness::probe(Watch& watch) {
    loop_.client().probe(
        watch.targets.front(),
        for_watch<http::ProbeResult>(watch.engine_id, [this](Watch& own, http::ProbeResult result) {
            if (result) {
                decide(own, true);
                return;
            }
            // The container's own address may be out of reach from here, and its port not.
            if (own.targets.size() > 1 && is_out_of_reach(result.error())) {
                own.targets.erase(own.targets.begin());
                attempt(own.engine_id);
                return;
            }
            attempt_failed(own, words(result.error()));
        }));
}

// The engine's own verdict counts; this is to hear of a success sooner. Never two at a time: a
// command goes on in the container when nobody waits for it any more.
void Readiness::run_command(Watch& watch) {
    const auto& check = *watch.container->health_check;
    const auto& line = std::get<appliance::CommandCheck>(check.probe).line;
    run_in_container(
        loop_.client(), watch.engine_id, {"/bin/sh", "-c", line}, check.timeout,
        for_watch<CommandResult>(watch.engine_id, [this](Watch& own, CommandResult result) {
            switch (result.outcome) {
                case CommandResult::Outcome::succeeded: decide(own, true); break;
                case CommandResult::Outcome::failed:
                    own.answer = std::move(result.output);
                    loop_.listener().on(CheckFailed{pending_check(own)});
                    attempt_later(own);
                    break;
                case CommandResult::Outcome::hangs: break;
            }
        }));
}

void Readiness::attempt_failed(Watch& watch, std::string answer) {
    const appliance::HealthCheck& check = *watch.container->health_check;
    watch.answer = std::move(answer);
    loop_.listener().on(CheckFailed{pending_check(watch)});
    const auto now = Clock::now();
    if (now - watch.since > check.grace && now - watch.last_counted >= check.interval) {
        watch.last_counted = now;
        if (++watch.failures >= check.max_failures) {
            give_up(watch, InstanceFailed::How::unhealthy, std::nullopt);
            return;
        }
    }
    attempt_later(watch);
}

}  // namespace apply
