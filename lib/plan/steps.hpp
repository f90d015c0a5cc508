#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "plan/decide.hpp"

namespace plan {

using HostPort = std::pair<std::uint16_t, appliance::Protocol>;

// Turns decisions into steps, front to back: each function adds one kind of step.
class Steps {
public:
    Steps(const Desired& desired, const Observed& observed, Decisions decisions,
          ReconcileOptions::Wait wait)
        : desired_(desired), observed_(observed), decisions_(std::move(decisions)), wait_(wait) {}

    Plan take();

private:
    void list_changes();

    // The record is written before anything is changed, so that at every moment `status` can tell
    // what is missing. One that differs only in its failures is written last.
    void write_record();

    void repair();
    [[nodiscard]] bool is_as_wanted(const ObservedInstance& instance) const;

    // Whether a container of the document is on the appliance's own network.
    [[nodiscard]] bool needs_network() const;

    // A network whose addresses cannot be chosen makes room for one where they can: the engine
    // takes the name only once, and only an empty network away.
    void leave_lost_networks();

    void make_network();

    // A fixed host port can move to another instance only when its holder has let it go. Such
    // holders go at the beginning, whatever they need: two of them may swap their ports.
    void free_wanted_ports();

    // What every step of an instance waits for.
    [[nodiscard]] std::vector<StepIndex> after(const Instance& instance) const;

    // All at once and before the first start: what the engine refuses to create is known before
    // anything runs.
    void create();

    std::optional<StepIndex> create(const Decision& decision);

    void start_in_order();

    // Those whose readiness somebody waits for: the caller, or a container that is yet to start.
    void find_awaited();

    void start(const appliance::Container& container, const std::vector<Decision>& decisions);

    // The old one keeps its name until it is deleted, which is the point of no return.
    StepIndex replace(const Decision& decision, std::vector<StepIndex> before);

    // Whether an `up` of this appliance was here before: what it adds goes again when it fails.
    [[nodiscard]] bool is_update() const { return !observed_.records.empty(); }

    // A container that the plan starts and later deletes may fail to start.
    void mark_what_goes();
    // Lists what runs already and stays.
    void list_expected();

    // Last, when all the rest is there: an `up` that fails has taken nothing away.
    void remove_what_is_left();

    const Desired& desired_;
    const Observed& observed_;
    const Decisions decisions_;
    const ReconcileOptions::Wait wait_;
    Plan plan_;
    std::uint64_t current_revision_ = 0;
    std::optional<WriteRecord> record_at_the_end_;
    std::vector<StepIndex> begin_;  // what every further step waits for
    std::map<HostPort, std::vector<StepIndex>> freed_ports_;
    std::map<std::string, StepIndex> gone_;   // taken away at the beginning, by engine ID
    std::map<Instance, StepIndex> repaired_;  // put right at the beginning
    std::map<Instance, StepIndex> created_;
    std::vector<StepIndex> network_gone_;
    std::set<ContainerId> awaited_;
    std::vector<StepIndex> ended_;  // the last steps of those that nobody waits for
    std::map<ContainerId, StepIndex> ready_;
};

}  // namespace plan
