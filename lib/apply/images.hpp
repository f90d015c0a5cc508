#pragma once

#include <map>
#include <string>
#include <vector>

#include "apply/commands.hpp"
#include "apply/loop.hpp"

namespace apply {

// Image as the document has it -> what the engine knows of it.
using Images = std::map<std::string, engine::ImageDetail>;

[[nodiscard]] std::map<std::string, std::string> ids_of(const Images& images);

struct LookedUp {
    Images images;
    std::vector<std::string> missing;  // in document order
};

// Inspects every image of the appliance, all at once.
[[nodiscard]] tl::expected<LookedUp, Failure> look_up_images(engine::Client& client,
                                                             const appliance::Appliance& appliance);

// Pulls what is missing (or all, or nothing; a container's own pull policy goes first), all at
// once, and gives every image. Nothing but
// the engine's image store changes. ImageUnavailable, TimedOut, Interrupted, CallFailed.
[[nodiscard]] tl::expected<Images, Failure> provide_images(Loop& loop,
                                                           const appliance::Appliance& appliance,
                                                           LookedUp looked_up,
                                                           const UpOptions& options);

}  // namespace apply
