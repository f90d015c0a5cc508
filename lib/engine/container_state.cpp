#include "engine/container_state.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace engine {

ContainerState read_state(const Fields& fields, const std::string& name) {
    static constexpr std::array<std::pair<std::string_view, ContainerState>, 7> states{{
        {"created", ContainerState::created},
        {"running", ContainerState::running},
        {"paused", ContainerState::paused},
        {"restarting", ContainerState::restarting},
        {"removing", ContainerState::removing},
        {"exited", ContainerState::exited},
        {"dead", ContainerState::dead},
    }};
    const auto text = fields.text(name);
    const auto* const found =
        std::ranges::find(states, text, &std::pair<std::string_view, ContainerState>::first);
    if (found == states.end()) {
        fields.mismatch(name, "a container's state");
        return {};
    }
    return found->second;
}

bool is_protocol(std::string_view text) { return text == "tcp" || text == "udp" || text == "sctp"; }

std::uint16_t port_number(const Fields& fields, const std::string& name) {
    return static_cast<std::uint16_t>(
        fields.integer_within(name, 0, std::numeric_limits<std::uint16_t>::max()));
}

}  // namespace engine
