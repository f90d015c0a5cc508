#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace diagnostics {

// A printable text in lines of at most `columns` cells; none: as it is. It is broken at spaces,
// never within backticks, so that a command can be copied whole; what is too long for a line stands
// alone on one. The text begins in column `indent`, where the other lines begin, too.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t indent,
                               std::optional<std::size_t> columns);

}  // namespace diagnostics
