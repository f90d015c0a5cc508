#pragma once

#include <string>
#include <vector>

#include "plan/step.hpp"

namespace plan {

struct FailedInstance {
    Instance instance;
    std::string engine_id;
};

// What an `up` that failed leaves behind: first the record that says why, in the place of the
// `superseded` ones (names of volumes), then each instance stopped and marked as failed. Stopped
// first, because an engine refuses to change the restart policy of a container that it is
// restarting. Pure.
[[nodiscard]] Plan aftermath(WriteRecord record, const std::vector<std::string>& superseded,
                             const std::vector<FailedInstance>& failed);

}  // namespace plan
