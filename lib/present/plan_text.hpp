#pragma once

#include <string>
#include <vector>

#include "appliance/powers.hpp"
#include "plan/step.hpp"
#include "present/ink.hpp"

namespace present {

struct PlanView {
    const appliance::ApplianceId& id;
    const plan::Plan& plan;
    const std::vector<std::string>& images_to_pull;
    std::vector<appliance::Power> powers = {};  // of the document
};

// What `up` would do: a line for all of it, one for each instance that it touches, the images to
// pull, and what makes the document as mighty as root.
[[nodiscard]] std::string to_text(const PlanView& view, Style style);

}  // namespace present
