#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "appliance/draft.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

// The values that may refer to other containers.
namespace appliance {

// A string that a program gets, with its references resolved.
[[nodiscard]] std::string read_program_text(const Value& string, Draft& draft, Reading& reading);

// Says so when Linux gives no program a string of so many bytes. `what` is what the string is.
void check_length_of_argument(std::size_t bytes, std::string_view what, Span where,
                              Reading& reading);

void read_cmd(const Value& value, Draft& draft, Reading& reading);
void read_args(const Value& value, Draft& draft, Reading& reading);
void read_env(const Value& value, Draft& draft, Reading& reading);

}  // namespace appliance
