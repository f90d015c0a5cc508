#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "appliance/keys.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

namespace appliance {

enum class Fits { yes, no };

// A value that is broken is of no type, and nothing more is said about it.
[[nodiscard]] Fits check_type(JsonType type, const Value& value);

// "`mem` must be a whole number, not a string": `what` is what the value is of. The hint is for
// when there is no better one.
void report_type(JsonType type, const Value& value, std::string_view what, std::string hint,
                 Problems& problems);
// The same where a value may be of one type or another.
void report_type(JsonType type, std::optional<JsonType> or_type, const Value& value,
                 std::string_view what, std::string hint, Problems& problems);

// Both of them.
[[nodiscard]] Fits check_type(JsonType type, const Value& value, std::string_view what,
                              std::string_view hint, Problems& problems);

struct Range {
    double least = 0;
    double most = 0;
};

// The number when it is in the range; else says that it is not. The value is a number.
[[nodiscard]] std::optional<double> in_range(const Value& value, std::string_view what, Range range,
                                             std::string_view hint, Problems& problems);
// The same for a value that was checked to be whole.
[[nodiscard]] std::optional<std::int64_t> whole_in_range(const Value& value, std::string_view what,
                                                         Range range, std::string_view hint,
                                                         Problems& problems);

// The engine takes no NUL in any string. The value is a string.
[[nodiscard]] Fits check_no_nul(const Value& value, const Reading& reading);

// One of the choices as they are written; else says which there are. The value is a string.
enum class LetterCase { matters, any };
[[nodiscard]] std::optional<std::string_view> one_of(std::span<const std::string_view> choices,
                                                     const Value& value, std::string_view what,
                                                     Problems& problems,
                                                     LetterCase letter_case = LetterCase::matters);

}  // namespace appliance
