#pragma once

#include <string>

#include "diagnostics/render.hpp"

namespace present {

// A warning or note. One that has no place in the document came from the engine: the document's
// name would only mislead.
[[nodiscard]] std::string to_text(const diagnostics::Diagnostic& notice,
                                  const diagnostics::Source* source, diagnostics::Style style);

}  // namespace present
