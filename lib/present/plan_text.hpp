#pragma once

#include <string>
#include <vector>

#include "plan/step.hpp"
#include "present/ink.hpp"

namespace present {

struct PlanView {
    const appliance::ApplianceId& id;
    const plan::Plan& plan;
    const std::vector<std::string>& missing_images;  // that `up` would pull
};

// What `up` would do: a line for all of it, one for each instance that it touches, and the images
// to pull.
[[nodiscard]] std::string to_text(const PlanView& view, Style style);

}  // namespace present
