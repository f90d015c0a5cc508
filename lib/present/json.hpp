#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "diagnostics/diagnostic.hpp"
#include "plan/status.hpp"
#include "present/plan_text.hpp"
#include "present/problem.hpp"

// Values as JSON, for scripts: a record at the top, so that it can grow.
namespace present {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json status_json(const plan::ApplianceStatus& status);
[[nodiscard]] Json status_json(const std::vector<plan::ApplianceStatus>& appliances);

[[nodiscard]] Json plan_json(const PlanView& view, const diagnostics::Diagnostics& notices,
                             const diagnostics::Source& source);

[[nodiscard]] Json endpoint_json(const plan::Endpoint& endpoint);
[[nodiscard]] Json diagnostics_json(const diagnostics::Diagnostics& diagnostics,
                                    const diagnostics::Source& source);

// `line`, `column`, `end_line` and `end_column`, where they are known.
void add_span(Json& json, const Location& where);

// Indented, with a line feed at the end. What is no valid UTF-8 is replaced.
[[nodiscard]] std::string to_text(const Json& json);

}  // namespace present
