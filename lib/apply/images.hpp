#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apply/commands.hpp"
#include "apply/run.hpp"

namespace apply {

// Image as the document has it -> what the engine knows of it.
using Images = std::map<std::string, engine::ImageDetail>;

[[nodiscard]] std::map<std::string, std::string> ids_of(const Images& images);

struct LookedUp {
    Images images;
    std::vector<std::string> missing;  // in document order
};

[[nodiscard]] std::vector<std::string> images_of(const appliance::Appliance& appliance);

// Inspects images, all at once: the calls are sent when it is made, so that others can go beside
// them.
class ImageLookUp {
public:
    ImageLookUp(Run& run, std::vector<std::string> images);
    [[nodiscard]] tl::expected<LookedUp, Failure> wait();

private:
    struct State {  // replies may come when nobody wants them any more
        std::vector<std::optional<engine::Result<engine::ImageDetail>>> replies;
        std::size_t missing = 0;
    };

    Run& run_;
    std::vector<std::string> images_;
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

// What `up` pulls, in document order. ImagesUnavailable where something is missing that it may not.
[[nodiscard]] tl::expected<std::vector<std::string>, Failure> images_to_pull(
    const appliance::Appliance& appliance, const Images& there, const UpOptions& options);

// Pulls what is missing (or all, or nothing; a container's own pull policy goes first), all at
// once, and gives every image. Nothing but the engine's image store changes. ImagesUnavailable,
// TimedOut, Interrupted, CallFailed.
[[nodiscard]] tl::expected<Images, Failure> provide_images(Run& run,
                                                           const appliance::Appliance& appliance,
                                                           LookedUp looked_up,
                                                           const UpOptions& options);

}  // namespace apply
