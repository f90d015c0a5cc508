#pragma once

#include <map>
#include <string>
#include <vector>

#include "plan/observed.hpp"
#include "plan/step.hpp"

namespace plan {

[[nodiscard]] bool must_be_stopped(const ObservedInstance& instance);

struct Removal {
    const ObservedInstance* instance = nullptr;
    std::string reason;
};

// Adds a stop where it runs and a delete; gives the delete.
StepIndex add_removal(Plan& plan, const Removal& removal, std::vector<StepIndex> after);

// Adds the steps that take these instances away, each after those that need it; gives the deletes,
// by engine ID too.
std::vector<StepIndex> add_removals(Plan& plan, const std::vector<Removal>& removals,
                                    const std::vector<StepIndex>& after,
                                    std::map<std::string, StepIndex>* gone_by_engine_id = nullptr);

}  // namespace plan
