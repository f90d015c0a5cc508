// How readiness runs the checks that no event tells of.

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apply/check.hpp"
#include "apply/readiness.hpp"
#include "engine/version.hpp"

namespace apply {
namespace {

constexpr auto longest_pause = std::chrono::milliseconds(1000);

bool is_shell_line(const std::vector<std::string>& command) {
    return command.size() == 3 && command[0] == "/bin/sh" && command[1] == "-c";
}

}  // namespace

PendingCheck Readiness::pending_check(const Watch& watch) {
    PendingCheck check;
    check.container = watch.instance.container;
    check.engine_id = watch.engine_id;
    check.answer = watch.answer;
    if (!watch.targets.empty()) {
        check.asked = watch.targets.front();
    } else if (const auto command = command_of(*watch.container->health_check)) {
        check.asked =
            is_shell_line(*command) ? command->back() : fmt::to_string(fmt::join(*command, " "));
    }
    return check;
}

void Readiness::begin_check(Watch& watch) {
    if (command_of(*watch.container->health_check)) {
        if (watch.was_running) {
            look(watch.engine_id);  // since when it runs
        }
        if (!engine::starts_checks_soon(run_.client().api_version()) || watch.was_running) {
            attempt_later(watch);
        }
        return;
    }
    run_.client().send(
        engine::api::inspect_container(watch.engine_id),
        for_watch<engine::Result<engine::ContainerDetail>>(
            watch.engine_id, [this](Watch& own, engine::Result<engine::ContainerDetail> detail) {
                if (detail) {
                    began_before(own, *detail);
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
    run_.at(Clock::now() + watch.pause,
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
    if (command_of(*watch->container->health_check)) {
        run_command(*watch);
    } else if (watch->targets.empty()) {
        begin_check(*watch);
    } else {
        probe(*watch);
    }
}

void Readiness::probe(Watch& watch) {
    run_.probes().start(
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
    run_in_container(
        run_.client(), watch.engine_id, command_of(check).value(), check.timeout,
        for_watch<CommandResult>(watch.engine_id, [this](Watch& own, CommandResult result) {
            switch (result.outcome) {
                case CommandResult::Outcome::succeeded: decide(own, true); break;
                case CommandResult::Outcome::failed:
                    own.answer = std::move(result.output);
                    run_.listener().on(CheckFailed{pending_check(own)});
                    attempt_later(own);
                    break;
                case CommandResult::Outcome::hangs: break;
            }
        }));
}

void Readiness::attempt_failed(Watch& watch, std::string answer) {
    const appliance::HealthCheck& check = *watch.container->health_check;
    watch.answer = std::move(answer);
    run_.listener().on(CheckFailed{pending_check(watch)});
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
