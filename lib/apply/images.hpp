#pragma once

#include <map>
#include <string>
#include <vector>

#include "apply/commands.hpp"
#include "apply/loop.hpp"

namespace apply {

// Image as the document has it -> the engine's image ID.
using ImageIds = std::map<std::string, std::string>;

struct LookedUp {
    ImageIds ids;
    std::vector<std::string> missing;  // in document order
};

// Inspects every image of the appliance, all at once.
[[nodiscard]] tl::expected<LookedUp, Failure> look_up_images(engine::Client& client,
                                                             const appliance::Appliance& appliance);

// Pulls what is missing (or all, or nothing), all at once, and gives every image's ID. Nothing but
// the engine's image store changes. ImageUnavailable, TimedOut, Interrupted, CallFailed.
[[nodiscard]] tl::expected<ImageIds, Failure> provide_images(Loop& loop,
                                                             const appliance::Appliance& appliance,
                                                             LookedUp looked_up,
                                                             const UpOptions& options);

}  // namespace apply
