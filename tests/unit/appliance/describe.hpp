#pragma once

#include <string>

#include "appliance/read.hpp"

// Whole values as text, so that tests compare all of them at once.

// A line for each container: only what differs from the defaults.
[[nodiscard]] std::string describe(const appliance::Appliance& appliance);

// What `text` describes, or all that is wrong with it.
[[nodiscard]] std::string read_text(const std::string& text);

// A document with these containers, given as JSON.
[[nodiscard]] std::string read_containers(const std::string& containers);
