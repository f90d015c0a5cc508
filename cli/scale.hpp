#pragma once

#include <vector>

#include "cli/arguments.hpp"
#include "cli/session.hpp"

namespace cli {

// Puts the numbers of `--scale` in place of the document's, under the document's rules. What breaks
// them is told.
[[nodiscard]] present::Problems apply_scales(Document& document, const std::vector<Scale>& scales);

}  // namespace cli
