#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace appliance {

enum class ShellFault { open_quote, trailing_backslash };

// The words of a line as a POSIX shell splits it: quotes and backslashes count, nothing is
// expanded.
[[nodiscard]] tl::expected<std::vector<std::string>, ShellFault> shell_words(std::string_view line);

}  // namespace appliance
