#pragma once

#include <string>
#include <vector>

#include "appliance/appliance.hpp"
#include "plan/observed.hpp"

namespace plan {

// A volume that is there and was made in another way than the document says. The engine changes
// none that exists: to make it anew would lose what is in it, so no plan does.
struct VolumeChange {
    const appliance::PersistentVolume* volume = nullptr;
    std::string name;                  // the engine's
    bool driver = false;               // another driver
    std::vector<std::string> options;  // that are missing, too many or another: their names, sorted
};

// Of the appliance's own volumes those for which the document names a driver or options. Pure.
[[nodiscard]] std::vector<VolumeChange> volume_changes(const appliance::Appliance& appliance,
                                                       const Observed& observed);

}  // namespace plan
