#pragma once

#include <string>
#include <string_view>

namespace diagnostics {

// A name or value of the document as messages show it: in backticks, and cut when it is very long.
[[nodiscard]] std::string in_backticks(std::string_view text);

}  // namespace diagnostics
