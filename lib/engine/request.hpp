#pragma once

#include <string>

#include "engine/json.hpp"
#include "engine/types.hpp"
#include "http/message.hpp"

// Requests as the Engine API wants them.
namespace engine {

// For calls that make the engine work rather than tell. Engines under load take seconds for what
// takes milliseconds otherwise.
inline constexpr std::chrono::minutes work_timeout{2};

[[nodiscard]] http::Request get_request(std::string target);
[[nodiscard]] http::Request post_request(std::string target);  // without a body
[[nodiscard]] http::Request post_request(std::string target, const Json& body);
[[nodiscard]] http::Request delete_request(std::string target);

// The value of the parameter `filters`. The engine takes names as regular expressions that match
// anywhere.
enum class NamesOf { containers, others };
[[nodiscard]] Json filters_json(const Filters& filters, NamesOf names);

}  // namespace engine
