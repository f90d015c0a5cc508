#pragma once

#include <string>
#include <string_view>

namespace present {

// A line that a container logged, without the colours it was written in (`\e[31m`) and its carriage
// return: shown elsewhere they would be noise.
[[nodiscard]] std::string plain_log_line(std::string_view line);

// The same, printable and a few hundred characters of it at most; it says how many more there are.
[[nodiscard]] std::string shown_log_line(std::string_view line);

}  // namespace present
