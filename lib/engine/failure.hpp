#pragma once

#include <optional>
#include <string>

#include "engine/error.hpp"
#include "http/message.hpp"
#include "http/transport.hpp"

// What keeps a call from being answered, in the engine's terms.
namespace engine {

// `address` as the user gave it.
[[nodiscard]] Error to_error(const http::Failure& failure, const http::Request& request,
                             const std::string& address);

// Set where the engine refuses the version prefix: 400 "client version 1.51 is too new. Maximum
// supported API version is 1.41" or "… too old. Minimum supported API version is 1.44, …".
[[nodiscard]] std::optional<VersionMismatch> version_refused(const http::Response& response,
                                                             const std::string& address);

}  // namespace engine
