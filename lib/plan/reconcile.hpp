#pragma once

#include <map>
#include <string>

#include "appliance/appliance.hpp"
#include "plan/hosts.hpp"
#include "plan/observed.hpp"
#include "plan/step.hpp"

namespace plan {

struct Desired {
    const appliance::Appliance& appliance;
    // Image as the document has it -> the engine's image ID; a missing entry is an image yet to be
    // pulled.
    const std::map<std::string, std::string>& image_ids;
};

struct ReconcileOptions {
    enum class Orphans { remove, keep };
    enum class Unchanged { keep, recreate };
    enum class Succeeded { keep, rerun };  // jobs that exited 0 and did not change
    enum class Wait { until_ready, until_started };
    Orphans orphans = Orphans::remove;
    Unchanged unchanged = Unchanged::keep;
    Succeeded succeeded = Succeeded::keep;
    Wait wait = Wait::until_ready;
};

[[nodiscard]] Record record_of(const Desired& desired, const HostTable& hosts);

// What takes the engine from observed to desired. Pure.
[[nodiscard]] Plan reconcile(const Desired& desired, const Observed& observed,
                             const ReconcileOptions& options);

}  // namespace plan
