#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diagnostics/source.hpp"

namespace diagnostics {

enum class Severity { error, warning, note };

// One thing to say about a document: what is wrong, where, and one thing to do next.
struct Diagnostic {
    Severity severity = Severity::error;
    std::string message;        // names stand in backticks; no full stop
    std::optional<Span> where;  // none: about the document as a whole
    std::string hint;           // empty: no hint
    std::optional<Span> next =
        std::nullopt;  // its line is shown below the first's when it is a later one

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace diagnostics
