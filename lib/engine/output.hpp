#pragma once

#include <string>

#include "engine/error.hpp"
#include "http/message.hpp"

namespace engine {

// What a container or a command in it wrote, of both streams and without frames: the last 64 KiB,
// from the start of a line where there is one.
[[nodiscard]] Result<std::string> read_output(const http::Response& response);

}  // namespace engine
