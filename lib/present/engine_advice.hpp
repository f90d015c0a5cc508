#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace present {

// What a well-known message of the engine means, and what to do about it.
struct Advice {
    std::string meaning;
    std::string hint;

    friend bool operator==(const Advice&, const Advice&) = default;
};

[[nodiscard]] std::optional<Advice> advice_on(std::string_view engine_message);

// The same for a program that ended at once, where its last line is from whatever was to start it:
// the engine's runtime or its `init`.
[[nodiscard]] std::optional<Advice> advice_on_exit(int code,
                                                   const std::vector<std::string>& last_log_lines);

// The same for why an image cannot be pulled: the registry's words, or the engine's on its way
// there.
[[nodiscard]] std::string hint_on_pull(std::string_view message, const std::string& image);

}  // namespace present
