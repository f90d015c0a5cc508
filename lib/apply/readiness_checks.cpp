// How readiness runs the checks that no event tells of.

#include <algorithm>
#include <utility>

#include "apply/check.hpp"
#include "apply/readiness.hpp"
#include "engine/version.hpp"

namespace apply {
namespace {

constexpr auto longest_pause = std::chrono::milliseconds(1000);

}  // namespace

PendingCheck Readiness::pending_check(const Watch& watch) {
    PendingCheck check;
    check.container = watch.instance.container;
    check.engine_id = watch.engine_id;
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
    loop_.probes().start(
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
