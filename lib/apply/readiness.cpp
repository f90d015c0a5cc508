#include "apply/readiness.hpp"

#include <algorithm>
#include <utility>

#include "apply/translate.hpp"

namespace apply {
namespace {

// The engine takes a moment to say what becomes of a process that ended.
constexpr auto look_pause = std::chrono::milliseconds(100);
constexpr int most_looks = 50;

bool is_job(const appliance::Container& container) {
    return container.type == appliance::ContainerType::job;
}

}  // namespace

Readiness::Readiness(Run& loop, Listener listener) : loop_(loop), listener_(std::move(listener)) {}

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
                            } else if (watch != nullptr && engine::is_status(detail.error(), 404) &&
                                       !watch->given_up()) {
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
    if (watch.given_up()) {
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
    if (watch.was_running && health == plan::Health::unhealthy) {
        // It was so before: what this command does may be the remedy, so it gets another chance.
        const appliance::HealthCheck& check = *watch.container->health_check;
        const auto chance = watch.since + check.grace + check.interval * check.max_failures;
        if (Clock::now() < chance) {
            look_later(watch, chance - Clock::now());
            return;
        }
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

void Readiness::look_later(const Watch& watch, Clock::duration pause) {
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

}  // namespace apply
