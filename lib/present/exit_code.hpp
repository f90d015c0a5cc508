#pragma once

#include "apply/failure.hpp"

namespace present {

// What the process says to scripts.
namespace exit_code {
inline constexpr int done = 0;
inline constexpr int not_in_goal_state = 1;
inline constexpr int wrong_usage = 2;  // or an invalid document; nothing was changed
inline constexpr int no_engine = 3;    // or no access to it
inline constexpr int no_such_appliance = 4;
inline constexpr int timed_out = 5;
inline constexpr int would_change = 10;  // `plan --exit-code`
inline constexpr int signal_base = 128;  // + the signal that interrupted it
}  // namespace exit_code

[[nodiscard]] int exit_code_of(const apply::Failure& failure);
[[nodiscard]] int exit_code_of(const engine::Error& error);

}  // namespace present
