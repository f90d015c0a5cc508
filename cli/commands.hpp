#pragma once

#include "cli/arguments.hpp"
#include "cli/session.hpp"

// A command each: does what was asked, tells about it, and gives the exit code.
namespace cli {

[[nodiscard]] int run(Session& session, const UpArguments& arguments);
[[nodiscard]] int run(Session& session, const PlanArguments& arguments);
[[nodiscard]] int run(Session& session, const StatusArguments& arguments);
[[nodiscard]] int run(Session& session, const PortArguments& arguments);
[[nodiscard]] int run(Session& session, const DownArguments& arguments);
[[nodiscard]] int run(Session& session, const ValidateArguments& arguments);

}  // namespace cli
