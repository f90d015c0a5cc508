#pragma once

#include <set>
#include <string>
#include <vector>

#include "faults/command.hpp"
#include "faults/engine_content.hpp"

namespace faults {

// A command that meets a fault at one call after the other, and what has to hold afterwards.
struct Trial {
    std::string name;
    Command struck = {};               // none: it only leads to where the next one begins
    int code = 0;                      // of the struck command, when nothing goes wrong
    Command again;                     // what a person does afterwards: it must end with ...
    int again_code = 0;                // ... this and reach ...
    Goal goal = {};                    // ... this
    std::set<std::string> keeps = {};  // containers that are still the same ones then
};

enum class Which { sample, all };

// By PIVOT_TEST_FULL=1.
[[nodiscard]] Which which_cases();

// Each trial begins where the one before it has ended, and the first where the last has ended: so
// they are run round and round until every fault has met every call of every trial, or a sample of
// them, in which each kind of fault meets each trial once. The engine is empty before the first
// round and at the end. Fails the current test case for each case that goes wrong.
void survive(const std::string& appliance, const std::vector<Trial>& trials);

}  // namespace faults
