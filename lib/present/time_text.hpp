#pragma once

#include <chrono>
#include <string>

namespace present {

// "0.31 s", "41.2 s", "3 min 5 s": as precise as a person cares to know.
[[nodiscard]] std::string precise(std::chrono::microseconds time);

// "0.3 s", "41.2 s", "3 min 5 s": for what is redrawn all the time.
[[nodiscard]] std::string rough(std::chrono::microseconds time);

// "200 ms", "1.5 s", "60 s": a limit as it was asked for.
[[nodiscard]] std::string limit(std::chrono::milliseconds time);

}  // namespace present
