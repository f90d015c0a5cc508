#include "apply/network_maker.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "apply/translate.hpp"

namespace apply {
namespace {

// Another network may take the subnet in the moment in which nobody has it.
constexpr int most_attempts = 5;

}  // namespace

void NetworkMaker::make(const std::string& name, plan::Addresses addresses, Done done) {
    name_ = name;
    addresses_ = addresses;
    attempts_left_ = most_attempts;
    done_ = std::move(done);
    calls_.send(engine::api::create_network(wanted("")), [this](engine::Result<std::string> id) {
        if (!id && engine::is_status(id.error(), 409)) {
            adopt();
        } else if (!id) {
            fail(std::move(id.error()));
        } else if (twins_ == Twins::impossible) {
            use(*id);
        } else {
            remove_twins(*id);
        }
    });
}

engine::CreateNetwork NetworkMaker::wanted(const std::string& subnet) const {
    engine::CreateNetwork network{
        .name = name_, .labels = {{plan::label::appliance, appliance_.str()}}, .subnet = subnet};
    if (!subnet.empty()) {
        network.labels[plan::label::subnet] = subnet;
    }
    return network;
}

void NetworkMaker::fail(engine::Error error) {
    done_(tl::unexpected<Failure>(
        CallFailed{fmt::format("create the network `{}`", name_), std::move(error)}));
}

// The appliance's networks that have this name.
void NetworkMaker::list_own(std::function<void(std::vector<engine::Network>)> then) {
    const engine::Filters filters{
        .labels = {fmt::format("{}={}", plan::label::appliance, appliance_)}};
    calls_.send(engine::api::list_networks(filters),
                [this, then = std::move(then)](engine::Result<std::vector<engine::Network>> all) {
                    if (!all) {
                        fail(std::move(all.error()));
                        return;
                    }
                    std::erase_if(*all, [this](const engine::Network& network) {
                        return network.name != name_;
                    });
                    then(std::move(*all));
                });
}

// The name is taken: by what an earlier `up` asked for, or by something foreign.
void NetworkMaker::adopt() {
    list_own([this](const std::vector<engine::Network>& own) {
        if (own.empty()) {
            done_(tl::unexpected<Failure>(NameTaken{NameTaken::What::network, name_}));
        } else {
            use(own.front().id);
        }
    });
}

// An earlier `up` was killed, and the engine may only now have made the network that it asked for.
// Engines up to 24 make two of one name, and start no container on either ("is ambiguous"). We hold
// the lock, so nothing is on it.
void NetworkMaker::remove_twins(const std::string& network_id) {
    list_own([this, network_id](const std::vector<engine::Network>& own) {
        const auto twin = std::find_if(own.begin(), own.end(), [&](const engine::Network& one) {
            return one.id != network_id && !known_.contains(one.id);
        });
        if (twin == own.end()) {
            use(network_id);
            return;
        }
        calls_.send(engine::api::remove_network(twin->id),
                    [this, network_id](engine::Result<engine::Changed> removed) {
                        if (removed) {
                            remove_twins(network_id);
                        } else {
                            fail(std::move(removed.error()));
                        }
                    });
    });
}

void NetworkMaker::use(const std::string& network_id) {
    if (addresses_ == plan::Addresses::fixed) {
        fix_subnet(network_id);
    } else {
        done_(MadeNetwork{network_id, ""});
    }
}

// Addresses can be chosen only in a subnet that was asked for. The engine knows best which subnet
// is free: take the one that it chose, remove the network, and create it again with that subnet.
void NetworkMaker::fix_subnet(const std::string& network_id) {
    calls_.send(engine::api::inspect_network(network_id),
                [this, network_id](engine::Result<engine::Network> network) {
                    if (!network) {
                        fail(std::move(network.error()));
                        return;
                    }
                    calls_.send(
                        engine::api::remove_network(network_id),
                        [this, subnet = network->subnet](engine::Result<engine::Changed> removed) {
                            if (removed) {
                                create_with(subnet);
                            } else {
                                fail(std::move(removed.error()));
                            }
                        });
                });
}

void NetworkMaker::create_with(const std::string& subnet) {
    if (auto too_small = find_too_small(name_, subnet, hosts_)) {
        done_(tl::unexpected<Failure>(std::move(*too_small)));
        return;
    }
    calls_.send(engine::api::create_network(wanted(subnet)),
                [this, subnet](engine::Result<std::string> id) {
                    if (id) {
                        done_(MadeNetwork{std::move(*id), subnet});
                    } else if (engine::is_status(id.error(), 409)) {
                        adopt();  // what an earlier `up` asked for came only now
                    } else if (engine::is_status(id.error(), 403) && attempts_left_ > 0) {
                        --attempts_left_;
                        create_again();
                    } else {
                        fail(std::move(id.error()));
                    }
                });
}

void NetworkMaker::create_again() {
    calls_.send(engine::api::create_network(wanted("")), [this](engine::Result<std::string> id) {
        if (id) {
            fix_subnet(*id);
        } else {
            fail(std::move(id.error()));
        }
    });
}

}  // namespace apply
