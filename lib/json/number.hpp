#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace json {

// What to write instead of something that looks like a number and is none in JSON; nothing when it
// is one.
[[nodiscard]] std::optional<std::string> advice_on_number(std::string_view text);

// The value of a JSON number; infinite when it is too large for a double.
[[nodiscard]] double to_double(std::string_view number);

// Of a number without a fraction, however it is written: `2`, `2.0` and `2e0` are 2, as in JSON
// Schema. Nothing beyond ±2^53, where doubles are no longer exact.
[[nodiscard]] std::optional<std::int64_t> to_whole(std::string_view number);

}  // namespace json
