#pragma once

#include <string>

#include "cli/grammar.hpp"

namespace cli {

// The screen for `pivot --help`.
[[nodiscard]] std::string overview();

// The screen for `pivot COMMAND --help`: what it promises, then its options in groups.
[[nodiscard]] std::string help_on(const Command& command);

// "pivot up [FILE]"
[[nodiscard]] std::string usage(const Command& command);

}  // namespace cli
