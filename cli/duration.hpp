#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace cli {

// `90` and `90s` are seconds; `1.5s`, `200ms`, `5m`, `1h30m`. None for anything else, negative ones
// included, and for what is longer than a year.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace cli
