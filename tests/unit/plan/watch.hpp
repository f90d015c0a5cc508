#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "plan/reconcile.hpp"
#include "unit/plan/simulated_engine.hpp"
#include "unit/plan/simulated_run.hpp"

// What has to hold while a plan is carried out, and after one that was not carried out to its end.
namespace plan::testing {

class Watch {
public:
    // `before` is what the plan was made of.
    Watch(SimulatedEngine& engine, const Plan& plan, const Making& making, const Observed& before,
          const ReconcileOptions& options);

    void begins(StepIndex step, const SimulatedRun& run);
    // While nothing fails: of the instances of a container only one at a time does not serve.
    void others_serve(const SimulatedRun& run);
    // When all calls have ended: what was stopped to be replaced has a successor that was started.
    void gaps_are_closed(const SimulatedRun& run);
    enum class Candidates { none, some };
    // After the ways back.
    void all_serve_again(const SimulatedRun& run, Candidates left);

    [[nodiscard]] const std::string& violation() const { return violation_; }  // the first one

private:
    struct Serving {
        Instance instance;
        std::string engine_id;
        bool is_wanted = true;
        bool can_start_again = true;  // false: somebody took its network away under it
    };

    [[nodiscard]] bool may_go_first(const ObservedInstance& instance, const Observed& before) const;
    void delete_begins(const Serving& serving, const SimulatedRun& run);
    void stop_begins(const Serving& serving);
    void start_begins(const StartInstance& action, const SimulatedRun& run);
    [[nodiscard]] const appliance::Container* wanted(const Instance& instance) const;
    [[nodiscard]] bool runs(const std::string& engine_id) const;
    [[nodiscard]] bool takes_over(const SimulatedContainer* successor,
                                  const SimulatedRun& run) const;
    void violated(const Instance& instance, const std::string& how);

    SimulatedEngine& engine_;
    const Plan& plan_;
    const Making& making_;
    const ReconcileOptions options_;
    std::set<std::string> before_;  // engine IDs of all that was there
    std::vector<Serving> serving_;
    std::map<std::string, StepIndex> deleted_by_, stopped_by_;  // by engine ID
    std::string violation_;
};

}  // namespace plan::testing
