#pragma once

#include <span>
#include <string_view>

// What the Linux kernel has names for, as the engine takes them.
namespace appliance {

[[nodiscard]] std::span<const std::string_view> signal_names();      // without SIG
[[nodiscard]] std::span<const std::string_view> capability_names();  // without CAP_; and ALL
// Those that the engine gives to every container.
[[nodiscard]] std::span<const std::string_view> default_capability_names();
[[nodiscard]] std::span<const std::string_view> ulimit_names();

}  // namespace appliance
