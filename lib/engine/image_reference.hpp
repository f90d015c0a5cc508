#pragma once

#include <string>
#include <string_view>

namespace engine {

// `registry[:port]/name[:tag][@digest]` in the two parts that a pull sends.
struct ImageReference {
    std::string repository;  // registry.example:5000/team/app
    std::string tag;  // a tag, or a digest (which wins over one); `latest` where neither is given

    friend bool operator==(const ImageReference&, const ImageReference&) = default;
};

// Takes apart, and judges nothing: what is wrong with a name the engine says better.
[[nodiscard]] ImageReference parse_image_reference(std::string_view reference);

}  // namespace engine
