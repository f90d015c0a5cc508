#pragma once

#include <array>
#include <string_view>

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

// When a container's image is pulled.
namespace appliance {

inline constexpr std::array<std::string_view, 4> pull_policies{"always", "missing", "never",
                                                               "if_not_present"};

void read_force_pull_image(const Value& value, Draft& draft, Reading& reading);
void read_pull_policy(const Value& value, Draft& draft, Reading& reading);
void settle_pull(const Object& object, Draft& draft, Reading& reading);

}  // namespace appliance
