#include "plan/volume_changes.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace plan {
namespace {

using appliance::PersistentVolume;

// The engine calls a plugin by its tag as well.
bool is_same_driver(const std::string& wanted, const std::string& there) {
    return there == wanted || there == wanted + ":latest";
}

std::vector<std::string> differing(const std::map<std::string, std::string>& wanted,
                                   const std::map<std::string, std::string>& there) {
    std::set<std::string> names;
    const auto add_missing = [&](const auto& from, const auto& in) {
        for (const auto& [name, value] : from) {
            const auto found = in.find(name);
            if (found == in.end() || found->second != value) {
                names.insert(name);
            }
        }
    };
    add_missing(wanted, there);
    add_missing(there, wanted);
    return {names.begin(), names.end()};
}

}  // namespace

std::vector<VolumeChange> volume_changes(const appliance::Appliance& appliance,
                                         const Observed& observed) {
    std::vector<VolumeChange> changes;
    for (const PersistentVolume& volume : appliance.volumes) {
        const bool says_nothing = volume.driver == "local" && volume.driver_options.empty();
        const std::string name = volume_name(appliance.id, volume);
        const auto there =
            std::find_if(observed.volumes.begin(), observed.volumes.end(),
                         [&](const ObservedVolume& one) { return one.name == name; });
        if (says_nothing || volume.scope != PersistentVolume::Scope::local ||
            there == observed.volumes.end()) {
            continue;
        }
        VolumeChange change{&volume, name, !is_same_driver(volume.driver, there->driver),
                            differing(volume.driver_options, there->driver_options)};
        if (change.driver || !change.options.empty()) {
            changes.push_back(std::move(change));
        }
    }
    return changes;
}

}  // namespace plan
