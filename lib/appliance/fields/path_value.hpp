#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "appliance/terms.hpp"

namespace appliance {

// The path in its shortest spelling, without `//`, `/./` and a `/` at its end, when it is absolute
// and no longer than Linux takes; else says what is wrong with it. `what` is what the path is of.
[[nodiscard]] std::optional<std::string> absolute_path(std::string_view path, std::string_view what,
                                                       Span where, Problems& problems);

// The same of where something is mounted in a container: not `/` itself and without `..`, which
// could lead out of what the document says.
[[nodiscard]] std::optional<std::string> mount_point(std::string_view path, std::string_view what,
                                                     Span where, Problems& problems);

}  // namespace appliance
