#pragma once

#include "appliance/appliance.hpp"
#include "apply/images.hpp"

namespace apply {

// The appliance with the health checks that its images declare, for services whose document says
// nothing of a check: so that whoever asks whether a container is ready goes by the same rule.
[[nodiscard]] appliance::Appliance with_image_checks(const appliance::Appliance& appliance,
                                                     const Images& images);

}  // namespace apply
