#pragma once

#include <optional>
#include <string_view>

// Amounts with units, as the Compose specification writes them. Nothing when the text is none;
// infinite or huge ones are for the caller to refuse.
namespace appliance {

// Seconds: `1m30s`, `500ms`, `1.5h`; units are `h`, `m`, `s`, `ms` and `us`.
[[nodiscard]] std::optional<double> parse_duration(std::string_view text);

// Bytes: `64m`, `1gb`, `1.5GiB`, `1024`; units are powers of 1024, in any letter case.
[[nodiscard]] std::optional<double> parse_bytes(std::string_view text);

}  // namespace appliance
