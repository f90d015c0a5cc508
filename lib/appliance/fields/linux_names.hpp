#pragma once

#include <span>
#include <string_view>

// What the Linux kernel has names for, as the engine takes them.
namespace appliance {

struct Signal {
    std::string_view name;  // without SIG
    int number = 0;         // as most processors have it, not MIPS
};
[[nodiscard]] std::span<const Signal> signals();  // of several names for one, the usual one first
[[nodiscard]] std::span<const std::string_view> capability_names();  // without CAP_; and ALL
// Those that the engine gives to every container.
[[nodiscard]] std::span<const std::string_view> default_capability_names();
[[nodiscard]] std::span<const std::string_view> ulimit_names();

}  // namespace appliance
