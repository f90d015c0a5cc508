#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plan/hosts.hpp"
#include "plan/observed.hpp"
#include "plan/reconcile.hpp"
#include "plan/step.hpp"
#include "plan/steps.hpp"

// An engine that holds what plans are about, and carries out one action at a time.
namespace plan::testing {

// What becomes of a container when it is started.
enum class Fate { gets_ready, exits, turns_unhealthy, refuses_start };

enum class Owner { appliance, somebody_else };

struct SimulatedContainer {
    std::string id;
    std::string name;
    Owner owner = Owner::appliance;
    Instance instance = {};
    RecordedContainer entry = {};
    RunState state = RunState::created;
    int exit_code = 0;
    std::string network = {};  // its ID, or `host`
    std::optional<int> slot = std::nullopt;
    std::string known_network = {};
    std::vector<BoundPort> ports = {};  // held while it runs
    bool marked_failed = false;
    Fate fate = Fate::gets_ready;

    friend bool operator==(const SimulatedContainer&, const SimulatedContainer&) = default;
};

struct SimulatedNetwork {
    std::string id;
    std::string name;
    Owner owner = Owner::appliance;
    bool fixed_subnet = false;

    friend bool operator==(const SimulatedNetwork&, const SimulatedNetwork&) = default;
};

struct SimulatedVolume {
    Owner owner = Owner::appliance;
    std::optional<std::string> record = {};  // none: it holds data

    friend bool operator==(const SimulatedVolume&, const SimulatedVolume&) = default;
};

// What a command knows of the containers that it makes.
struct Making {
    appliance::Appliance appliance;
    std::map<std::string, std::string> images;
    HostTable hosts;
    Record record;
    std::string network_id;
};

struct Reply {
    enum class Kind {
        done,
        refused,  // a start, for this container alone
        wrong,    // no plan may ask for it
    };
    Kind kind = Kind::done;
    std::string text = {};       // why not
    std::string engine_id = {};  // of the container that was made, or has the port
};

// A container that serves, or a job that does its work.
[[nodiscard]] bool runs(const SimulatedContainer& container);
// The ports of the engine's machine that it takes while it runs.
[[nodiscard]] std::vector<HostPort> held_ports(const SimulatedContainer& container);

class SimulatedEngine {
public:
    // With containers, networks and volumes that are not the appliance's.
    explicit SimulatedEngine(ApplianceId appliance);

    Reply apply(const Action& action, const ContainerRef& container, Making& making);
    [[nodiscard]] Observed observed() const;
    [[nodiscard]] std::string foreign() const;
    [[nodiscard]] std::string to_text() const;

    [[nodiscard]] SimulatedContainer* find(const std::string& id);
    [[nodiscard]] SimulatedContainer* find(const Instance& instance, Role role);
    [[nodiscard]] std::string new_id(const char* kind);

    std::vector<SimulatedContainer> containers;
    std::vector<SimulatedNetwork> networks;
    std::map<std::string, SimulatedVolume> volumes;
    // What becomes of the containers that are made from here on.
    std::function<Fate()> next_fate = [] { return Fate::gets_ready; };

private:
    Reply apply(const WriteRecord& action, const std::string& id, Making& making);
    Reply apply(const CreateNetwork& action, const std::string& id, Making& making);
    Reply apply(const CreateInstance& action, const std::string& id, Making& making);
    Reply apply(const RestorePolicy& action, const std::string& id, Making& making);
    Reply apply(const MarkFailed& action, const std::string& id, Making& making);
    Reply apply(const StartInstance& action, const std::string& id, Making& making);
    Reply apply(const ResumeInstance& action, const std::string& id, Making& making);
    Reply apply(const StopInstance& action, const std::string& id, Making& making);
    Reply apply(const DeleteInstance& action, const std::string& id, Making& making);
    Reply apply(const PromoteCandidate& action, const std::string& id, Making& making);
    Reply apply(const DeleteNetwork& action, const std::string& id, Making& making);
    Reply apply(const DeleteVolume& action, const std::string& id, Making& making);
    Reply apply(const AwaitCandidate& action, const std::string& id, Making& making);
    Reply apply(const AwaitReady& action, const std::string& id, Making& making);
    Reply apply(const Milestone& action, const std::string& id, Making& making);

    [[nodiscard]] const SimulatedNetwork* network(const std::string& id) const;
    [[nodiscard]] Reply may_start(const SimulatedContainer& container) const;

    ApplianceId appliance_;
    int made_ = 0;
};

}  // namespace plan::testing
