#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace engine {

using Json = nlohmann::json;

// The value of `text`, or what is wrong with it. Bytes that are no UTF-8 become U+FFFD, as Go's
// encoder does it: one odd file name in a label is no reason to refuse the whole reply.
[[nodiscard]] tl::expected<Json, std::string> parse_json(std::string_view text);

// The other way; never throws.
[[nodiscard]] std::string to_text(const Json& json);

}  // namespace engine
