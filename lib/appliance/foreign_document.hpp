#pragma once

#include "appliance/terms.hpp"
#include "diagnostics/source.hpp"

namespace appliance {

// Whether the text was written for another program, or in another language than JSON: a Compose
// file, a Kubernetes manifest, a Nomad job, YAML. One error says so, and nothing else is worth
// saying.
enum class Foreign { no, yes };
[[nodiscard]] Foreign report_foreign_text(const diagnostics::Source& source, Problems& problems);
// The same for a document that is JSON.
[[nodiscard]] Foreign report_foreign_document(const Value& document, Problems& problems);

}  // namespace appliance
