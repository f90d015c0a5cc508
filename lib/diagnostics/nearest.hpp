#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diagnostics {

// Insertions, deletions, changes and swaps of neighbours that turn one into the other, letter case
// aside.
[[nodiscard]] std::size_t edit_distance(std::string_view from, std::string_view to);

// "Did you mean": the candidate that a slip of the fingers turned into `word`. None is near enough:
// nothing. Of equally near ones the first.
[[nodiscard]] std::optional<std::string_view> nearest(
    std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace diagnostics
