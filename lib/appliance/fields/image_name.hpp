#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace appliance {

struct ImageNameFault {
    std::string message;
    std::string hint;
};

// `[registry[:port]/]repository[:tag][@digest]`, by the grammar of the distribution project's
// reference package. Nothing when the name follows it.
[[nodiscard]] std::optional<ImageNameFault> fault_of_image_name(std::string_view name);

}  // namespace appliance
