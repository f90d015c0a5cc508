#include "apply/engine_runner.hpp"

#include <random>
#include <utility>

#include <fmt/format.h>

namespace apply {
namespace {

// Tells the record of this run from one that was there.
std::string random_word() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

std::set<std::string> network_ids(const plan::Observed* observed) {
    std::set<std::string> ids;
    if (observed != nullptr) {
        for (const plan::ObservedNetwork& network : observed->networks) {
            ids.insert(network.id);
        }
    }
    return ids;
}

bool was_here_before(const plan::Observed* observed) {
    return observed != nullptr && !observed->records.empty();
}

}  // namespace

EngineRunner::EngineRunner(Run& run, EngineRunnerOptions options)
    : calls_(run),
      options_(std::move(options)),
      network_maker_(run, options_.context.appliance, options_.context.hosts,
                     network_ids(options_.observed),
                     was_here_before(options_.observed) ? NetworkMaker::Twins::possible
                                                        : NetworkMaker::Twins::impossible) {
    if (options_.appliance != nullptr) {
        for (std::size_t i = 0; i < options_.appliance->containers.size(); ++i) {
            index_.emplace(options_.appliance->containers[i].id, i);
        }
    }
}

void EngineRunner::begin(const plan::Action& action, const Results& results,
                         std::function<void(Outcome)> done) {
    std::visit([&](const auto& one) { begin(one, results, done); }, action);
}

// Nothing is to be called: the executor waits for these itself.
void EngineRunner::begin(const plan::AwaitCandidate&, const Results&, const Done&) {}
void EngineRunner::begin(const plan::AwaitReady&, const Results&, const Done&) {}
void EngineRunner::begin(const plan::Milestone&, const Results&, const Done&) {}

void EngineRunner::begin(const plan::WriteRecord& action, const Results&, const Done& done) {
    const engine::Labels labels = {
        {plan::label::appliance, options_.context.appliance.str()},
        {plan::label::record, action.text},
        {plan::label::by, random_word()},
    };
    calls_.send(engine::api::create_volume({action.volume, labels}),
                [action, labels, done](engine::Result<engine::Volume> volume) {
                    if (!volume) {
                        done(failed(fmt::format("write the record `{}`", action.volume),
                                    std::move(volume.error())));
                        return;
                    }
                    // Where a volume of that name was there, the engine gives that one.
                    const auto text = volume->labels.find(plan::label::record);
                    const bool same_text =
                        text != volume->labels.end() && text->second == action.text;
                    if (volume->labels == labels || same_text) {
                        done(Succeeded{});
                    } else {
                        done(Failed{NameTaken{NameTaken::What::volume, action.volume}});
                    }
                });
}

void EngineRunner::begin(const plan::CreateNetwork& action, const Results&, const Done& done) {
    network_maker_.make(action.name, action.addresses,
                        [this, done](tl::expected<MadeNetwork, Failure> made) {
                            if (!made) {
                                done(Failed{std::move(made.error())});
                                return;
                            }
                            options_.context.network_id = std::move(made->id);
                            options_.context.subnet = std::move(made->subnet);
                            done(Succeeded{});
                        });
}

void EngineRunner::begin(const plan::DeleteNetwork& action, const Results&, const Done& done) {
    calls_.send(engine::api::remove_network(action.engine_id),
                [this, action, done](engine::Result<engine::Changed> removed) {
                    if (removed) {
                        done(Succeeded{});
                    } else if (engine::is_status(removed.error(), 403)) {
                        name_who_holds(action, removed.error(), done);
                    } else {
                        done(failed(fmt::format("remove the network `{}`", action.name),
                                    std::move(removed.error())));
                    }
                });
}

// Ours are gone by now: what is on it still is somebody else's.
void EngineRunner::name_who_holds(const plan::DeleteNetwork& action, const engine::Error& refusal,
                                  const Done& done) {
    calls_.send(engine::api::inspect_network(action.engine_id),
                [action, refusal, done](const engine::Result<engine::Network>& network) {
                    if (network && !network->containers.empty()) {
                        done(Failed{NetworkInUse{.network = action.name,
                                                 .containers = network->containers}});
                    } else {
                        done(failed(fmt::format("remove the network `{}`", action.name), refusal));
                    }
                });
}

void EngineRunner::begin(const plan::DeleteVolume& action, const Results&, const Done& done) {
    send(engine::api::remove_volume(action.name),
         fmt::format("remove the volume `{}`", action.name), done);
}

Outcome EngineRunner::refused(InstanceFailed::How how, std::string what, engine::Error error) {
    if (const auto* refusal = std::get_if<engine::Refused>(&error)) {
        return Refused{how, refusal->message};
    }
    return failed(std::move(what), std::move(error));
}

void EngineRunner::warn(const plan::Instance& instance, const std::string& warning,
                        const std::string& hint) {
    const std::string text = fmt::format("`{}`{}", instance.container, warning);
    if (warned_.insert(text).second) {  // once for all its instances
        calls_.run().listener().on(
            Noticed{{diagnostics::Severity::warning, text, std::nullopt, hint}});
    }
}

const appliance::Container& EngineRunner::container(const ContainerId& id) const {
    return options_.appliance->containers[index_.at(id)];
}

std::string EngineRunner::engine_name(const plan::Instance& instance, plan::Role role) const {
    return plan::engine_name(options_.context.appliance, instance, role);
}

}  // namespace apply
