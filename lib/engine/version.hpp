#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

// Versions of the Engine API, and which of them pivot speaks.
namespace engine {

struct ApiVersion {
    int major = 0;
    int minor = 0;

    friend auto operator<=>(const ApiVersion&, const ApiVersion&) = default;
};

[[nodiscard]] std::optional<ApiVersion> parse_version(std::string_view text);  // "1.41"
[[nodiscard]] std::string to_string(ApiVersion version);

// 1.40 (Docker 19.03) has everything that is sent but a container's `platform` (1.41) and the start
// interval of its check (1.44), which older engines pass over in silence. It is also the oldest
// that Engine 29.3 still takes. Above 1.51 (Engine 28.5) nothing has been tried.
inline constexpr ApiVersion oldest_spoken{1, 40};
inline constexpr ApiVersion newest_spoken{1, 51};

// The newest version that both speak, given the engine's newest; none where that is too old.
[[nodiscard]] std::optional<ApiVersion> settle_on(ApiVersion engine_newest);

// Whether engines of this API run checks at a start interval: from 1.44 on.
[[nodiscard]] bool starts_checks_soon(std::string_view api_version);

}  // namespace engine
