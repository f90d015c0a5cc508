#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace engine {

// Seconds since 1970 of a Date header (RFC 9110). None for what cannot be read.
[[nodiscard]] std::optional<std::int64_t> read_date(std::string_view date);

// How long ago a container started, by the engine's clock alone: `started_at` is RFC 3339 with any
// fraction and in UTC (State.StartedAt), `now` the Date header of the reply that told it (RFC 9110,
// whole seconds). None for a container that never started (the year 1) and for what cannot be read;
// zero where the clock was set back since.
[[nodiscard]] std::optional<std::chrono::seconds> age_of(const std::string& started_at,
                                                         std::string_view now);

}  // namespace engine
