#pragma once

#include <map>
#include <string>
#include <string_view>

#include "plan/names.hpp"

namespace plan {

using Labels = std::map<std::string, std::string>;

// Empty where there is none of that name.
[[nodiscard]] std::string label_of(const Labels& labels, const char* name);

enum class ObjectKind { container, network, volume, record };

// Whether an object of the engine is this appliance's: by its label and its name together. One of
// the two alone is somebody else's: `docker commit` copies the labels of a container into an image,
// people copy labels with the rest of a command, and names are free to all. Whoever reads, changes
// or removes an object asks here.
[[nodiscard]] bool owns(const ApplianceId& appliance, ObjectKind kind, std::string_view name,
                        const Labels& labels);

}  // namespace plan
