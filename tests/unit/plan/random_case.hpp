#pragma once

#include <string>

#include "appliance/appliance.hpp"
#include "unit/plan/random.hpp"
#include "unit/plan/simulated_engine.hpp"

namespace plan::testing {

// A valid document of a few containers.
[[nodiscard]] appliance::Appliance random_document(Random& random);
// The same with something of it changed, as a person does before the next `up`.
void change(appliance::Appliance& document, Random& random);

// What a person or a crash does to an engine behind pivot's back; says what.
std::string meddle(SimulatedEngine& engine, Random& random);

[[nodiscard]] std::string to_text(const appliance::Appliance& document);

}  // namespace plan::testing
