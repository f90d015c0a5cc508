#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apply/listener.hpp"
#include "plan/step.hpp"

namespace present {

// The container that a step is about; none for the network, the record and the like.
[[nodiscard]] std::optional<appliance::ContainerId> container_of(const plan::Action& action);

[[nodiscard]] bool starts(const plan::Action& action);                   // it makes an instance run
[[nodiscard]] std::string_view in_progress(const plan::Action& action);  // "starting"

// "34 of 118 MB"
[[nodiscard]] std::string megabytes(std::int64_t current, std::int64_t total);

// "pulling 34 of 118 MB"; without the numbers while the sizes are unknown.
[[nodiscard]] std::string pulling(std::int64_t current, std::int64_t total);

// "waiting for a, b and 3 more", each name once; "waiting" for none.
[[nodiscard]] std::string waiting_for(std::vector<std::string> names);

[[nodiscard]] std::string waiting_for_other(const apply::WaitingForOther& other);

}  // namespace present
