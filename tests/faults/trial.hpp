#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "faults/engine_content.hpp"
#include "faults/fault.hpp"
#include "support/process.hpp"

namespace faults {

// A run of pivot.
struct Command {
    std::vector<std::string> arguments;
    std::string input = {};  // a document
};

// Runs it, with another DOCKER_HOST where one is given.
[[nodiscard]] support::Ended run(const Command& command, const std::string& host = "");

// The same, not waited for.
[[nodiscard]] std::unique_ptr<support::Process> start(const Command& command,
                                                      const std::string& host = "");

// `pivot up -` of a document, which has to be as quick as it can.
[[nodiscard]] Command up(const Json& document, std::vector<std::string> options = {});
[[nodiscard]] Command down(const std::string& appliance);

// A command that meets a fault at one call after the other, and what has to hold afterwards.
struct Trial {
    std::string name;
    Command struck;
    int code = 0;                      // of the struck command, when nothing goes wrong
    Command again;                     // what a person does afterwards: it must end with ...
    int again_code = 0;                // ... this and reach ...
    Goal goal;                         // ... this
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
