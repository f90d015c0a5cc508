#include "engine/status_text.hpp"

#include <charconv>

namespace engine {

Health health_in(std::string_view status) {
    if (!status.starts_with("Up ")) {
        return Health::none;
    }
    if (status.ends_with("(healthy)")) {
        return Health::healthy;
    }
    if (status.ends_with("(unhealthy)")) {
        return Health::unhealthy;
    }
    // The second is Podman's.
    if (status.ends_with("(health: starting)") || status.ends_with("(starting)")) {
        return Health::starting;
    }
    return status.ends_with(')') && !status.ends_with("(Paused)") ? Health::unknown : Health::none;
}

std::optional<int> exit_code_in(std::string_view status) {
    for (const std::string_view start : {"Exited (", "Restarting ("}) {
        if (!status.starts_with(start)) {
            continue;
        }
        const auto* const end = status.data() + status.size();
        int code = 0;
        const auto parsed = std::from_chars(status.data() + start.size(), end, code);
        if (parsed.ec == std::errc() && parsed.ptr != end && *parsed.ptr == ')') {
            return code;
        }
    }
    return std::nullopt;
}

}  // namespace engine
