#pragma once

#include <map>
#include <string>

#include "appliance/appliance.hpp"
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
    Orphans orphans = Orphans::remove;
    Unchanged unchanged = Unchanged::keep;
};

[[nodiscard]] Record record_of(const Desired& desired);

// What takes the engine from observed to desired. Pure.
[[nodiscard]] Plan reconcile(const Desired& desired, const Observed& observed,
                             const ReconcileOptions& options);

}  // namespace plan
