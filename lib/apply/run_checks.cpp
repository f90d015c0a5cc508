#include "apply/run_checks.hpp"

#include <algorithm>

#include "apply/check.hpp"
#include "apply/loop.hpp"

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

// Checks on their way; all of them end before this does.
class Checks {
public:
    explicit Checks(engine::Client& client) : client_(client) {}

    void probe(ObservedInstance& instance, std::vector<http::ProbeTarget> targets) {
        if (targets.empty()) {
            instance.check = plan::CheckResult{false, "it has no address"};
            return;
        }
        ++open_;
        const http::ProbeTarget first = targets.front();
        client_.probe(first, [this, &instance,
                              targets = std::move(targets)](const http::ProbeResult& result) {
            --open_;
            if (!result && targets.size() > 1 && is_out_of_reach(result.error())) {
                probe(instance, {targets.begin() + 1, targets.end()});
                return;
            }
            instance.check = result ? plan::CheckResult{true, ""}
                                    : plan::CheckResult{false, words(result.error())};
        });
    }

    void run(ObservedInstance& instance, const std::vector<std::string>& test,
             std::chrono::milliseconds timeout) {
        ++open_;
        run_in_container(client_, instance.engine_id, command_of(test), timeout,
                         [this, &instance](const CommandResult& result) {
                             --open_;
                             const bool good = result.outcome == CommandResult::Outcome::succeeded;
                             instance.check = plan::CheckResult{good, good ? "" : result.output};
                         });
    }

    void wait() {
        while (open_ > 0) {
            client_.run_once(std::chrono::seconds(1));
        }
    }

private:
    engine::Client& client_;
    int open_ = 0;
};

struct Command {
    ObservedInstance* instance = nullptr;
    std::chrono::milliseconds timeout{0};
};

}  // namespace

void run_checks(engine::Client& client, plan::Observed& observed) {
    const std::optional<plan::Record> record = plan::current_record(observed);
    const plan::EntryIndex entries = record ? plan::index_of(*record) : plan::EntryIndex{};
    Checks checks(client);
    std::vector<Command> commands;
    std::vector<engine::Call<engine::ContainerDetail>> questions;
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
            questions.push_back(engine::api::inspect_container(instance.engine_id));
        }
    }
    const auto details = get_all(client, questions);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        if (details[i] && details[i]->healthcheck_test.size() > 1) {
            checks.run(*commands[i].instance, details[i]->healthcheck_test, commands[i].timeout);
        }
    }
    checks.wait();
}

void add_engines_answers(engine::Client& client, std::vector<PendingCheck>& checks) {
    std::vector<PendingCheck*> unanswered;
    std::vector<engine::Call<engine::ContainerDetail>> calls;
    for (PendingCheck& check : checks) {
        if (check.answer.empty() && std::holds_alternative<std::string>(check.asked)) {
            unanswered.push_back(&check);
            calls.push_back(engine::api::inspect_container(check.engine_id));
        }
    }
    const auto details = get_all(client, calls);
    for (std::size_t i = 0; i < details.size(); ++i) {
        if (details[i]) {
            unanswered[i]->answer = details[i]->health_output;
        }
    }
}

}  // namespace apply
