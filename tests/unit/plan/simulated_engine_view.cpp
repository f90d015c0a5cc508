// What can be seen of a simulated engine.

#include <algorithm>

#include <fmt/format.h>

#include "unit/plan/simulated_engine.hpp"

namespace plan::testing {
namespace {

const char* word(RunState state) {
    constexpr const char* words[] = {"created",  "running", "paused", "restarting",
                                     "removing", "exited",  "dead",   "unknown"};
    return words[static_cast<int>(state)];
}

std::string line(const SimulatedContainer& one) {
    return fmt::format("{} {} {} on {}{}{} {}\n", one.name, one.id, word(one.state), one.network,
                       one.slot ? fmt::format(" slot {}", *one.slot) : "",
                       one.marked_failed ? " marked" : "", one.entry.fingerprint.substr(0, 8));
}

}  // namespace

Observed SimulatedEngine::observed() const {
    Observed result;
    for (const SimulatedContainer& one : containers) {
        if (one.owner != Owner::appliance) {
            continue;
        }
        ObservedInstance& seen = result.instances.emplace_back();
        seen.engine_id = one.id;
        seen.engine_name = one.name;
        seen.instance = one.instance;
        seen.role = role_of(one.name);
        seen.fingerprint = one.entry.fingerprint;
        seen.image = one.entry.image;
        seen.state = one.state;
        seen.network_mode = one.network;
        seen.ports = runs(one) ? one.ports : std::vector<BoundPort>{};
        seen.entry = one.entry;
        seen.exit_code = one.state == RunState::exited || one.state == RunState::restarting
                             ? std::optional(one.exit_code)
                             : std::nullopt;
        seen.slot = one.slot;
        seen.known_network = one.known_network;
    }
    for (const SimulatedNetwork& one : networks) {
        if (one.owner == Owner::appliance) {
            result.networks.push_back({one.id, one.name, one.fixed_subnet});
        }
    }
    for (const auto& [name, volume] : volumes) {
        if (volume.owner == Owner::appliance && volume.record) {
            result.records.push_back(
                {name, record_revision(appliance_, name).value(), *volume.record});
        } else if (volume.owner == Owner::appliance) {
            result.volumes.push_back({name});
        }
    }
    std::sort(result.records.begin(), result.records.end(),
              [](const auto& a, const auto& b) { return a.revision < b.revision; });
    return result;
}

std::string SimulatedEngine::foreign() const {
    std::string text;
    for (const auto& one : containers) {
        text += one.owner == Owner::somebody_else ? line(one) : "";
    }
    for (const auto& one : networks) {
        text += one.owner == Owner::somebody_else ? one.id + "\n" : "";
    }
    for (const auto& [name, one] : volumes) {
        text += one.owner == Owner::somebody_else ? name + one.record.value_or("") + "\n" : "";
    }
    return text;
}

std::string SimulatedEngine::to_text() const {
    std::string text;
    for (const auto& one : containers) {
        text += one.owner == Owner::appliance ? line(one) : "";
    }
    for (const auto& one : networks) {
        text += one.owner == Owner::appliance
                    ? fmt::format("network {}{}\n", one.id, one.fixed_subnet ? " fixed" : "")
                    : "";
    }
    for (const auto& [name, one] : volumes) {
        text += one.owner == Owner::appliance ? fmt::format("volume {}\n", name) : "";
    }
    return text;
}

}  // namespace plan::testing
