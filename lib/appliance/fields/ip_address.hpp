#pragma once

#include <optional>
#include <string>

namespace appliance {

// An IPv4 or IPv6 address in its one canonical spelling; nothing when the text is none.
[[nodiscard]] std::optional<std::string> canonical_ip_address(const std::string& text);

}  // namespace appliance
