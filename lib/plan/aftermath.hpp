#pragma once

#include <string>
#include <vector>

#include "plan/observed.hpp"
#include "plan/step.hpp"

namespace plan {

struct FailedInstance {
    Instance instance;
    std::string engine_id;
};

// The appliance's records, the newest last: what was observed and what the plan has written since.
[[nodiscard]] std::vector<StoredRecord> records_after(const Observed& observed, const Plan& plan,
                                                      const ApplianceId& appliance);

// What an `up` that failed leaves behind: first the record that says why, in the place of all
// older ones, then each instance stopped and marked as failed. Stopped first,
// because an engine refuses to change the restart policy of a container that it is restarting.
// Pure.
[[nodiscard]] Plan aftermath(const ApplianceId& appliance, const Record& record,
                             const std::vector<StoredRecord>& records,
                             const std::vector<FailedInstance>& failed);

}  // namespace plan
