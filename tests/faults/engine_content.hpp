#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "support/engine.hpp"

// What is on the engine, and what should be.
namespace faults {

using support::Json;

// What an appliance should have left on the engine, and nothing beside it.
struct Goal {
    std::set<std::string> running = {};  // containers by name
    std::set<std::string> exited = {};   // jobs that are done
    std::set<std::string> volumes = {};  // but for the record
    // Of a container: a variable of its environment, as `NAME=value`.
    std::map<std::string, std::string> environment = {};
    int records = 1;  // more while the last `up` has failed
};

// Nothing of it: no container, network, record.
[[nodiscard]] inline Goal nothing() { return {}; }

// Names of all containers, networks (the engine's own aside) and volumes, whosever they are.
[[nodiscard]] std::set<std::string> everything_on_the_engine();

// What is not as it should be; none where all is. `others`: what was there before.
[[nodiscard]] std::optional<std::string> differs(const std::string& appliance, const Goal& goal,
                                                 const std::set<std::string>& others);

// Removes whatever carries the appliance's label, without pivot.
void wipe(const std::string& appliance);

}  // namespace faults
