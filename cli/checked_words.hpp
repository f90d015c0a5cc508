#pragma once

#include <string_view>

#include <tl/expected.hpp>

#include "cli/command_line.hpp"
#include "cli/grammar.hpp"

namespace cli {

// From words to values; the first that makes no sense is the error.
[[nodiscard]] tl::expected<Invocation, present::Message> check(std::string_view command,
                                                               const RawWords& words);

}  // namespace cli
