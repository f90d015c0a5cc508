#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "apply/calls.hpp"
#include "apply/failure.hpp"
#include "plan/hosts.hpp"
#include "plan/names.hpp"
#include "plan/observed.hpp"

namespace apply {

struct MadeNetwork {
    std::string id;
    std::string subnet;  // 172.18.0.0/16; empty where no address is fixed
};

// Makes the appliance's network. It adopts the network that an earlier `up` asked for, removes
// twins, which engines up to 24 make, and gives the network a subnet of its own where addresses are
// fixed.
class NetworkMaker {
public:
    using Done = std::function<void(tl::expected<MadeNetwork, Failure>)>;

    // `known`: the IDs of the networks that the plan deals with. twins: an earlier `up` may have
    // asked for the network too.
    enum class Twins { impossible, possible };
    NetworkMaker(Run& run, ApplianceId appliance, plan::HostTable hosts,
                 std::set<std::string> known, Twins twins)
        : calls_(run),
          appliance_(std::move(appliance)),
          hosts_(std::move(hosts)),
          known_(std::move(known)),
          twins_(twins) {}

    // One at a time.
    void make(const std::string& name, plan::Addresses addresses, Done done);

private:
    [[nodiscard]] engine::CreateNetwork wanted(const std::string& subnet) const;
    void list_own(std::function<void(std::vector<engine::Network>)> then);
    void adopt();
    void remove_twins(const std::string& network_id);
    void use(const std::string& network_id);
    void fix_subnet(const std::string& network_id);
    void create_with(const std::string& subnet);
    void create_again();
    void fail(engine::Error error);

    Calls calls_;
    ApplianceId appliance_;
    plan::HostTable hosts_;  // whose addresses the subnet must have
    std::set<std::string> known_;
    Twins twins_;
    std::string name_;
    plan::Addresses addresses_ = plan::Addresses::any;
    int attempts_left_ = 0;
    Done done_;
};

}  // namespace apply
