#pragma once

#include <optional>
#include <string_view>

#include "diagnostics/problems.hpp"
#include "diagnostics/source.hpp"
#include "json/value.hpp"

namespace json {

// How hints speak of what the document is to be.
struct Expected {
    std::string_view content = "write a value";                 // where the document is empty
    std::string_view beginning = "a document begins with `{`";  // where it has none
};

// JSON with comments to a tree. Reports every mistake it can find and goes on behind it; the tree
// is there when its shape is certain in spite of them. Linear in the text's size; refuses more than
// 10 MB and more than 100 levels.
[[nodiscard]] std::optional<Value> read(const diagnostics::Source& source,
                                        diagnostics::Problems& problems,
                                        const Expected& expected = {});

}  // namespace json
