// How the executor makes networks, and takes them away.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "apply/executor.hpp"

namespace apply {
namespace {

// Another network may take the subnet in the moment in which nobody has it.
constexpr int most_attempts = 5;

engine::CreateNetwork network_of(const ApplianceId& appliance, const std::string& name,
                                 const std::string& subnet) {
    engine::CreateNetwork network{
        .name = name, .labels = {{plan::label::appliance, appliance.str()}}, .subnet = subnet};
    if (!subnet.empty()) {
        network.labels[plan::label::subnet] = subnet;
    }
    return network;
}

}  // namespace

void Executor::begin(plan::StepIndex step, const plan::CreateNetwork& action) {
    send(engine::api::create_network(network_of(options_.surroundings.appliance, action.name, "")),
         [this, step, &action](engine::Result<std::string> id) {
             if (!id && engine::is_status(id.error(), 409)) {
                 adopt_network(step, action);
             } else if (!id) {
                 failed(step, fmt::format("create the network `{}`", action.name),
                        std::move(id.error()));
             } else if (options_.observed->records.empty()) {
                 use_network(step, action, *id);
             } else {
                 remove_twins(step, action, *id);
             }
         });
}

void Executor::use_network(plan::StepIndex step, const plan::CreateNetwork& action,
                           const std::string& network_id) {
    if (action.addresses == plan::Addresses::fixed) {
        fix_subnet(step, action, network_id, most_attempts);
    } else {
        options_.surroundings.network_id = network_id;
        ended_well(step);
    }
}

// The name is taken: by what an earlier `up` asked for, or by something foreign.
void Executor::adopt_network(plan::StepIndex step, const plan::CreateNetwork& action) {
    const engine::Filters filters{
        .labels = {fmt::format("{}={}", plan::label::appliance, options_.surroundings.appliance)}};
    send(engine::api::list_networks(filters),
         [this, step, &action](engine::Result<std::vector<engine::Network>> ours) {
             if (!ours) {
                 failed(step, fmt::format("list the network `{}`", action.name),
                        std::move(ours.error()));
                 return;
             }
             const auto made = std::find_if(
                 ours->begin(), ours->end(),
                 [&](const engine::Network& network) { return network.name == action.name; });
             if (made == ours->end()) {
                 failed(step, NameTaken{NameTaken::What::network, action.name});
             } else {
                 use_network(step, action, made->id);
             }
         });
}

// An earlier `up` was killed, and the engine may only now have made the network that it asked for.
// Engines up to 24 make two of one name, and start no container on either ("is ambiguous"). We hold
// the lock, so nothing is on it.
void Executor::remove_twins(plan::StepIndex step, const plan::CreateNetwork& action,
                            const std::string& network_id) {
    const std::string what = fmt::format("remove a second network `{}`", action.name);
    const engine::Filters filters{
        .labels = {fmt::format("{}={}", plan::label::appliance, options_.surroundings.appliance)}};
    send(engine::api::list_networks(filters),
         [this, step, &action, network_id, what](engine::Result<std::vector<engine::Network>> all) {
             if (!all) {
                 failed(step, what, std::move(all.error()));
                 return;
             }
             const auto& known = options_.observed->networks;  // which the plan deals with
             const auto twin =
                 std::find_if(all->begin(), all->end(), [&](const engine::Network& one) {
                     return one.name == action.name && one.id != network_id &&
                            std::none_of(known.begin(), known.end(),
                                         [&](const auto& old) { return old.id == one.id; });
                 });
             if (twin == all->end()) {
                 use_network(step, action, network_id);
                 return;
             }
             send(engine::api::remove_network(twin->id),
                  [this, step, &action, network_id, what](engine::Result<engine::Changed> removed) {
                      if (!removed) {
                          failed(step, what, std::move(removed.error()));
                          return;
                      }
                      remove_twins(step, action, network_id);
                  });
         });
}

// The engine lets addresses be chosen only in a subnet that was asked for. Which one is free it
// knows best: so the one that it chose is given back and asked for.
void Executor::fix_subnet(plan::StepIndex step, const plan::CreateNetwork& action,
                          const std::string& network_id, int attempts_left) {
    const std::string what = fmt::format("create the network `{}`", action.name);
    send(engine::api::inspect_network(network_id), [this, step, &action, network_id, attempts_left,
                                                    what](engine::Result<engine::Network> network) {
        if (!network) {
            failed(step, what, std::move(network.error()));
            return;
        }
        send(engine::api::remove_network(network_id),
             [this, step, &action, attempts_left, what,
              subnet = network->subnet](engine::Result<engine::Changed> removed) {
                 if (!removed) {
                     failed(step, what, std::move(removed.error()));
                     return;
                 }
                 create_fixed(step, action, subnet, attempts_left);
             });
    });
}

void Executor::create_fixed(plan::StepIndex step, const plan::CreateNetwork& action,
                            const std::string& subnet, int attempts_left) {
    if (auto small = find_too_small(action.name, subnet, options_.surroundings.hosts)) {
        failed(step, std::move(*small));
        return;
    }
    send(engine::api::create_network(
             network_of(options_.surroundings.appliance, action.name, subnet)),
         [this, step, &action, subnet, attempts_left](engine::Result<std::string> id) {
             if (id) {
                 options_.surroundings.network_id = std::move(*id);
                 options_.surroundings.subnet = subnet;
                 ended_well(step);
                 return;
             }
             const std::string what = fmt::format("create the network `{}`", action.name);
             if (!engine::is_status(id.error(), 403) || attempts_left == 0) {
                 failed(step, what, std::move(id.error()));
                 return;
             }
             send(engine::api::create_network(
                      network_of(options_.surroundings.appliance, action.name, "")),
                  [this, step, &action, attempts_left, what](engine::Result<std::string> again) {
                      if (again) {
                          fix_subnet(step, action, *again, attempts_left - 1);
                      } else {
                          failed(step, what, std::move(again.error()));
                      }
                  });
         });
}

void Executor::begin(plan::StepIndex step, const plan::DeleteNetwork& action) {
    send(engine::api::remove_network(action.engine_id),
         [this, step, &action](engine::Result<engine::Changed> removed) {
             if (removed) {
                 ended_well(step);
             } else if (engine::is_status(removed.error(), 403)) {
                 name_who_holds(step, action, std::move(removed.error()));
             } else {
                 failed(step, fmt::format("remove the network `{}`", action.name),
                        std::move(removed.error()));
             }
         });
}

// Ours are gone by now: what is on it still is somebody else's.
void Executor::name_who_holds(plan::StepIndex step, const plan::DeleteNetwork& action,
                              engine::Error refusal) {
    send(engine::api::inspect_network(action.engine_id),
         [this, step, &action,
          refusal = std::move(refusal)](const engine::Result<engine::Network>& network) {
             if (network && !network->containers.empty()) {
                 failed(step,
                        NetworkInUse{.network = action.name, .containers = network->containers});
             } else {
                 failed(step, fmt::format("remove the network `{}`", action.name), refusal);
             }
         });
}

}  // namespace apply
