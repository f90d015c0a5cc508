#include "apply/run_checks.hpp"

#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "apply/check.hpp"

namespace apply {
namespace {

using plan::ObservedInstance;
using plan::RecordedCheck;

// The record is the newer word; a container's own label is for when it is lost.
const plan::RecordedContainer* entry_of(const plan::EntryIndex& record,
                                        const ObservedInstance& instance) {
    if (const auto entry = record.find(instance.instance.container); entry != record.end()) {
        return entry->second;
    }
    return instance.entry ? &*instance.entry : nullptr;
}

http::ProbeTarget::Kind kind_of(RecordedCheck::Kind kind) {
    switch (kind) {
        case RecordedCheck::Kind::http: return http::ProbeTarget::Kind::http;
        case RecordedCheck::Kind::https: return http::ProbeTarget::Kind::https;
        case RecordedCheck::Kind::tcp:
        case RecordedCheck::Kind::command: break;
    }
    return http::ProbeTarget::Kind::tcp;
}

std::vector<http::ProbeTarget> targets_of(const ObservedInstance& instance,
                                          const RecordedCheck& check, bool host_network) {
    std::vector<std::string> addresses;
    if (host_network) {
        addresses.emplace_back(this_machine);
    } else if (!instance.address.empty()) {
        addresses.push_back(instance.address);
    }
    return reachable_at({.kind = kind_of(check.kind),
                         .port = check.port,
                         .path = check.path,
                         .timeout = check.timeout},
                        addresses, instance.ports);
}

// Checks on their way. What comes after this has gone changes nothing.
class Checks {
public:
    explicit Checks(Run& run) : run_(run) {}

    void probe(ObservedInstance& instance, std::vector<http::ProbeTarget> targets) {
        if (targets.empty()) {
            instance.check = plan::CheckResult{false, "it has no address"};
            return;
        }
        open_->insert(&instance);
        const http::ProbeTarget first = targets.front();
        run_.probes().start(first, [this, open = std::weak_ptr(open_), &instance,
                                    targets = std::move(targets)](const http::ProbeResult& result) {
            if (open.expired()) {
                return;
            }
            if (!result && targets.size() > 1 && is_out_of_reach(result.error())) {
                probe(instance, {targets.begin() + 1, targets.end()});
                return;
            }
            end(instance, result ? plan::CheckResult{true, ""}
                                 : plan::CheckResult{false, words(result.error())});
        });
    }

    void run(ObservedInstance& instance, const std::vector<std::string>& test,
             std::chrono::milliseconds timeout) {
        std::vector<std::string> command(test.begin() + 1, test.end());
        if (test.front() == "CMD-SHELL") {
            command.insert(command.begin(), {"/bin/sh", "-c"});
        }
        open_->insert(&instance);
        run_in_container(
            run_.client(), instance.engine_id, command, timeout,
            [this, open = std::weak_ptr(open_), &instance](const CommandResult& result) {
                if (!open.expired()) {
                    const bool good = result.outcome == CommandResult::Outcome::succeeded;
                    end(instance, {good, good ? "" : result.output});
                }
            });
    }

    [[nodiscard]] Run::End wait() {
        const Run::End end = run_.run_until([this] { return open_->empty(); });
        for (ObservedInstance* instance : *open_) {
            instance->check = plan::CheckResult{false, "no answer in time"};
        }
        return end;
    }

private:
    void end(ObservedInstance& instance, plan::CheckResult result) {
        open_->erase(&instance);
        instance.check = std::move(result);
    }

    Run& run_;
    std::shared_ptr<std::set<ObservedInstance*>> open_ =
        std::make_shared<std::set<ObservedInstance*>>();
};

struct Command {
    ObservedInstance* instance = nullptr;
    std::chrono::milliseconds timeout{0};
};

}  // namespace

tl::expected<void, Failure> run_checks(Run& run, plan::Observed& observed) {
    const std::optional<plan::Record> record = plan::current_record(observed);
    const plan::EntryIndex entries = record ? plan::index_of(*record) : plan::EntryIndex{};
    Checks checks(run);
    std::vector<Command> commands;
    std::vector<engine::Call<engine::ContainerDetail>> calls;
    for (ObservedInstance& instance : observed.instances) {
        const plan::RecordedContainer* entry = entry_of(entries, instance);
        if (entry == nullptr || !entry->check || instance.check ||
            instance.state != plan::RunState::running) {
            continue;
        }
        if (entry->check->kind != RecordedCheck::Kind::command) {
            checks.probe(instance, targets_of(instance, *entry->check, entry->host_network));
        } else if (instance.health == plan::Health::starting) {
            commands.push_back({&instance, entry->check->timeout});
            calls.push_back(engine::api::inspect_container(instance.engine_id));
        }
    }
    if (const auto details = run.get_all(calls)) {
        for (std::size_t i = 0; i < commands.size(); ++i) {
            const auto& detail = (*details)[i];
            if (detail && detail->healthcheck_test.size() > 1) {
                checks.run(*commands[i].instance, detail->healthcheck_test, commands[i].timeout);
            }
        }
    }
    if (auto failure = run.failure_of(checks.wait())) {
        return tl::unexpected(std::move(*failure));
    }
    return {};
}

void add_engines_answers(Run& run, std::vector<PendingCheck>& checks) {
    std::vector<PendingCheck*> unanswered;
    std::vector<engine::Call<engine::ContainerDetail>> calls;
    for (PendingCheck& check : checks) {
        if (check.answer.empty() && std::holds_alternative<std::string>(check.asked)) {
            unanswered.push_back(&check);
            calls.push_back(engine::api::inspect_container(check.engine_id));
        }
    }
    const auto details = run.get_all(calls);
    for (std::size_t i = 0; details && i < details->size(); ++i) {
        if ((*details)[i]) {
            unanswered[i]->answer = (*details)[i]->health_output;
        }
    }
}

}  // namespace apply
