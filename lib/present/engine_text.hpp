#pragma once

#include <string>

#include "engine/error.hpp"
#include "present/message.hpp"

namespace present {

// Why the engine could not be used, or why it did not do `what` ("create the network
// `pivot-shop`"); an empty `what` is connecting to it.
[[nodiscard]] Message explain(const engine::Error& error, const std::string& what = {});

}  // namespace present
