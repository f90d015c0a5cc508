#include "plan/decide.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/overload.hpp"
#include "plan/fingerprint.hpp"

namespace plan {
namespace {

using Kind = Decision::Kind;

bool serves(const ObservedInstance& instance) {
    return instance.state == RunState::running || instance.state == RunState::paused;
}

// A candidate that an earlier `up` left may still become what it should be. One that keeps failing,
// or that somebody paused or half removed, is better made anew.
bool can_be_finished(const ObservedInstance& candidate) {
    switch (candidate.state) {
        case RunState::created:
        case RunState::running:
        case RunState::exited: return true;
        case RunState::paused:
        case RunState::restarting:
        case RunState::removing:
        case RunState::dead:
        case RunState::unknown: return false;
    }
    return false;
}

struct Verdict {
    Kind kind = Kind::leave;
    std::string reason = {};
    bool done = false;
    std::vector<std::string> changed = {};
};

// A job that runs for the second time would do its work twice.
Verdict job_by_state(const ObservedInstance& job, const ReconcileOptions& options) {
    switch (job.state) {
        case RunState::running:
        case RunState::restarting: return {Kind::leave};
        case RunState::paused: return {Kind::resume, "was paused"};
        case RunState::created: return {Kind::start, "was never started"};
        case RunState::exited:
            if (job.exit_code != 0) {
                return {Kind::renew, job.exit_code
                                         ? fmt::format("ended with exit code {}", *job.exit_code)
                                         : "did not end well"};
            }
            return options.succeeded == ReconcileOptions::Succeeded::rerun
                       ? Verdict{Kind::renew, "is to run again"}
                       : Verdict{Kind::leave, "", true};
        case RunState::removing:
        case RunState::dead: return {Kind::renew, "was half removed"};
        case RunState::unknown: return {Kind::renew, unknown_state};
    }
    return {};
}

// What a service whose fingerprint is right needs, given its state.
Verdict service_by_state(RunState state) {
    switch (state) {
        case RunState::running: return {Kind::leave};
        case RunState::paused: return {Kind::resume, "was paused"};
        case RunState::restarting: return {Kind::start, "keeps failing"};
        case RunState::created: return {Kind::start, "was never started"};
        case RunState::exited: return {Kind::start, "was stopped"};
        case RunState::removing:
        case RunState::dead: return {Kind::renew, "was half removed"};
        case RunState::unknown: return {Kind::renew, unknown_state};
    }
    return {};
}

class Deciding {
public:
    Deciding(const Desired& desired, const Observed& observed, const ReconcileOptions& options)
        : desired_(desired),
          observed_(observed),
          options_(options),
          before_(current_record(observed)),
          entries_before_(before_ ? index_of(*before_) : EntryIndex{}) {
        result_.hosts = host_table(desired.appliance, observed);
        result_.record = record_of(desired, result_.hosts);
        result_.network_id =
            kept_network(observed, result_.hosts.slots.empty() ? Addresses::any : Addresses::fixed);
        for (const ObservedInstance& instance : observed.instances) {
            auto& there = instance.role == Role::candidate ? candidates_ : instances_;
            there.emplace(instance.instance, &instance);
        }
    }

    Decisions take() {
        std::map<ContainerId, int> wanted;
        for (std::size_t i = 0; i < desired_.appliance.containers.size(); ++i) {
            const appliance::Container& container = desired_.appliance.containers[i];
            wanted.emplace(container.id, container.instances);
            auto& own = result_.containers.emplace_back();
            for (int number = 1; number <= container.instances; ++number) {
                own.push_back(decide_on(container, result_.record.containers[i].fingerprint,
                                        Instance{container.id, number}));
            }
        }
        list_leftovers(wanted);
        return std::move(result_);
    }

private:
    Decision decide_on(const appliance::Container& container, const std::string& fingerprint,
                       const Instance& instance) {
        const auto found = instances_.find(instance);
        const auto next = candidates_.find(instance);
        const ObservedInstance* there = found == instances_.end() ? nullptr : found->second;
        if (next != candidates_.end()) {
            if (there != nullptr && next->second->fingerprint == fingerprint &&
                can_be_finished(*next->second) && place_change(container, *next->second).empty() &&
                is_on_a_kept_network(*there)) {
                return {Kind::finish, instance, there, next->second, update_unfinished};
            }
            there = repaired(*next->second, there);
        }
        if (there == nullptr) {
            return {Kind::create, instance, nullptr, nullptr,
                    creation_reason(instance, container.instances)};
        }
        Verdict verdict = what_to_do(container, fingerprint, *there);
        return {verdict.kind,
                instance,
                there,
                nullptr,
                std::move(verdict.reason),
                std::move(verdict.changed),
                verdict.done};
    }

    [[nodiscard]] std::string creation_reason(const Instance& instance, int instances) const {
        if (!before_) {
            return "";
        }
        const auto entry = entries_before_.find(instance.container);
        if (entry == entries_before_.end()) {
            return "new in the document";
        }
        if (instance.number > entry->second->instances) {
            return fmt::format("instances {} -> {}", entry->second->instances, instances);
        }
        return "is not there";
    }

    // What is there once the repair is made.
    const ObservedInstance* repaired(const ObservedInstance& candidate,
                                     const ObservedInstance* original) {
        const Repair::Kind kind = original == nullptr    ? Repair::Kind::promote
                                  : can_start(*original) ? Repair::Kind::take_back
                                                         : Repair::Kind::drop;
        result_.repairs.push_back({kind, &candidate, original});
        ObservedInstance& after =
            result_.after_repair.emplace_back(original == nullptr ? candidate : *original);
        after.role = Role::instance;
        if (kind == Repair::Kind::take_back && !must_be_stopped(after)) {
            after.state = RunState::running;
        }
        return &after;
    }

    // The engine starts nothing on a network that somebody removed.
    [[nodiscard]] bool can_start(const ObservedInstance& instance) const {
        if (serves(instance)) {
            return true;
        }
        const bool has_network =
            instance.network_mode == "host" ||
            std::any_of(observed_.networks.begin(), observed_.networks.end(),
                        [&](const auto& network) { return network.id == instance.network_mode; });
        return has_network && instance.state != RunState::removing &&
               instance.state != RunState::dead;
    }

    [[nodiscard]] bool is_on_a_kept_network(const ObservedInstance& instance) const {
        return instance.network_mode == "host" || instance.network_mode == result_.network_id;
    }

    // Why a container cannot stay where it is; empty: it can.
    [[nodiscard]] std::string place_change(const appliance::Container& container,
                                           const ObservedInstance& observed) const {
        if (container.network_mode == appliance::NetworkMode::host) {
            const auto hosts = result_.hosts.of.find(container.id);
            const bool knows =
                hosts != result_.hosts.of.end() &&
                std::any_of(hosts->second.begin(), hosts->second.end(),
                            [](const Host& host) { return std::holds_alternative<Slot>(host.at); });
            return knows && observed.known_network != result_.network_id
                       ? "the network of those it names is another one"
                       : "";
        }
        if (observed.network_mode != result_.network_id) {
            return "its network is gone";
        }
        if (observed.is_off_its_network) {
            return "was taken off its network";
        }
        const auto slot = result_.hosts.slots.find(observed.instance);
        return slot != result_.hosts.slots.end() && observed.slot != slot->second
                   ? "needs a fixed address"
                   : "";
    }

    [[nodiscard]] Verdict what_to_do(const appliance::Container& container,
                                     const std::string& fingerprint,
                                     const ObservedInstance& observed) const {
        const bool is_job = container.type == appliance::ContainerType::job;
        std::string change;
        std::vector<std::string> changed;
        if (observed.fingerprint != fingerprint) {
            changed = changed_parts(observed.fingerprint, fingerprint);
            change = image_is_gone(container, observed, changed)
                         ? "its image is not on this engine any more"
                         : difference(observed.fingerprint, fingerprint);
        } else if (options_.unchanged == ReconcileOptions::Unchanged::recreate) {
            change = "asked for";
        } else if (is_job && job_by_state(observed, options_).done) {
            return {Kind::leave, "", true};  // wherever it ran
        } else {
            change = place_change(container, observed);
        }
        if (!change.empty()) {
            return {serves(observed) && !is_job ? Kind::replace : Kind::renew, std::move(change),
                    false, std::move(changed)};
        }
        return is_job ? job_by_state(observed, options_) : service_by_state(observed.state);
    }

    // Whether a pull would give the same one, nobody knows.
    [[nodiscard]] bool image_is_gone(const appliance::Container& container,
                                     const ObservedInstance& observed,
                                     const std::vector<std::string>& changed) const {
        return changed == std::vector<std::string>{"image"} && observed.entry &&
               observed.entry->image == container.image &&
               !desired_.image_ids.contains(container.image);
    }

    void list_leftovers(const std::map<ContainerId, int>& wanted) {
        for (const ObservedInstance& there : observed_.instances) {
            const Instance& instance = there.instance;
            const auto count = wanted.find(instance.container);
            if (count == wanted.end()) {
                if (options_.orphans == ReconcileOptions::Orphans::remove) {
                    result_.leftovers.push_back({&there, "no longer in the document"});
                }
            } else if (instance.number < 1 || instance.number > count->second) {
                const auto entry = entries_before_.find(instance.container);
                const bool scaled =
                    entry != entries_before_.end() && entry->second->instances != count->second;
                result_.leftovers.push_back(
                    {&there, scaled ? fmt::format("instances {} -> {}", entry->second->instances,
                                                  count->second)
                                    : fmt::format("instances {}", count->second)});
            }
        }
    }

    const Desired& desired_;
    const Observed& observed_;
    const ReconcileOptions& options_;
    const std::optional<Record> before_;
    const EntryIndex entries_before_;
    std::map<Instance, const ObservedInstance*> instances_;
    std::map<Instance, const ObservedInstance*> candidates_;
    Decisions result_;
};

std::optional<RecordedCheck> recorded(const std::optional<appliance::HealthCheck>& check) {
    if (!check) {
        return std::nullopt;
    }
    RecordedCheck entry = std::visit(
        base::Overload{
            [](const appliance::CommandCheck&) { return RecordedCheck{}; },
            [](const appliance::ImageHealthCheck&) { return RecordedCheck{}; },
            [](const appliance::TcpCheck& tcp) {
                return RecordedCheck{.kind = RecordedCheck::Kind::tcp, .port = tcp.port};
            },
            [](const appliance::HttpCheck& http) {
                return RecordedCheck{.kind = http.scheme == appliance::HttpCheck::Scheme::https
                                                 ? RecordedCheck::Kind::https
                                                 : RecordedCheck::Kind::http,
                                     .port = http.port,
                                     .path = http.path};
            },
        },
        check->probe);
    entry.timeout = check->timeout;
    entry.grace = check->grace;
    return entry;
}

}  // namespace

Decisions decide(const Desired& desired, const Observed& observed,
                 const ReconcileOptions& options) {
    return Deciding(desired, observed, options).take();
}

Record record_of(const Desired& desired, const HostTable& hosts) {
    Record record;
    for (const appliance::Container& container : desired.appliance.containers) {
        const auto image = desired.image_ids.find(container.image);
        RecordedContainer entry;
        entry.id = container.id;
        entry.type = container.type;
        entry.image = container.image;
        entry.instances = container.instances;
        const auto known = hosts.of.find(container.id);
        entry.fingerprint =
            fingerprint(container, image == desired.image_ids.end() ? std::string() : image->second,
                        known == hosts.of.end() ? std::vector<Host>{} : known->second,
                        desired.appliance.volumes);
        entry.needs = container.needs;
        for (const appliance::Port& port : container.ports) {
            entry.ports.push_back({port.container_port, port.protocol, port.name});
        }
        entry.host_network = container.network_mode == appliance::NetworkMode::host;
        entry.restart = container.restart.policy;
        entry.check = recorded(container.health_check);
        entry.capacity = container.minimum_capacity;
        record.containers.push_back(std::move(entry));
    }
    return record;
}

}  // namespace plan
