#pragma once

#include <string>

#include "engine/client.hpp"

namespace present {

// "POST /containers/create?name=spark-livy.livy.1 201 38 ms", with a line feed.
[[nodiscard]] std::string to_text(const engine::Trace& trace);

}  // namespace present
