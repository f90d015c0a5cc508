#pragma once

#include <memory>
#include <string>
#include <vector>

#include "support/engine.hpp"
#include "support/process.hpp"

namespace faults {

using support::Json;

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

}  // namespace faults
