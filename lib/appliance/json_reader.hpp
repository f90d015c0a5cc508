#pragma once

#include <optional>

#include "appliance/json_value.hpp"
#include "appliance/problems.hpp"
#include "diagnostics/source.hpp"

namespace appliance {

// JSON with comments to a tree. Reports every mistake it can find and goes on behind it; the tree
// is there when its shape is certain in spite of them. Linear in the text's size; refuses more than
// 10 MB and more than 100 levels.
[[nodiscard]] std::optional<Value> read_json(const diagnostics::Source& source, Problems& problems);

}  // namespace appliance
