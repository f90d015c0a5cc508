#include "engine/container_state.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <limits>
#include <utility>

#include "engine/ids.hpp"

namespace engine {
namespace {

bool is_ipv4_address(const std::string& text) {
    in_addr address{};
    const bool ends_early = text.find('\0') != std::string::npos;  // for inet_pton
    return !ends_early && inet_pton(AF_INET, text.c_str(), &address) == 1;
}

}  // namespace

ContainerState state_of(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, ContainerState>, 7> states{{
        {"created", ContainerState::created},
        {"running", ContainerState::running},
        {"paused", ContainerState::paused},
        {"restarting", ContainerState::restarting},
        {"removing", ContainerState::removing},
        {"exited", ContainerState::exited},
        {"dead", ContainerState::dead},
    }};
    const auto* const found =
        std::ranges::find(states, word, &std::pair<std::string_view, ContainerState>::first);
    return found == states.end() ? ContainerState::unknown : found->second;
}

std::uint16_t port_number(const Fields& fields, const std::string& name) {
    return static_cast<std::uint16_t>(
        fields.integer_within(name, 0, std::numeric_limits<std::uint16_t>::max()));
}

int read_int(const Fields& fields, const std::string& name) {
    using Limits = std::numeric_limits<int>;
    return static_cast<int>(fields.integer_within(name, Limits::min(), Limits::max()));
}

std::map<std::string, std::string> read_addresses(const Fields& container) {
    std::map<std::string, std::string> addresses;
    const auto networks = container.object("NetworkSettings").object("Networks");
    for (const auto& name : networks.keys()) {
        const auto endpoint = networks.object(name);
        auto id = endpoint.text("NetworkID");
        auto address = endpoint.text("IPAddress");
        if (!id.empty() && is_ipv4_address(address)) {
            addresses.emplace(std::move(id), std::move(address));
        }
    }
    return addresses;
}

}  // namespace engine
