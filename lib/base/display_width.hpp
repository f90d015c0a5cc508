#pragma once

#include <cstddef>
#include <string_view>

namespace base {

// The cells a text takes in a terminal: wide characters (East Asian, emoji) take two, combining
// marks none. The text is printable (base/printable.hpp); a byte that is not UTF-8 counts as one.
[[nodiscard]] std::size_t display_width(std::string_view text);

// How many bytes belong together at `offset`, which is within the text and begins a character: that
// character, the marks that combine with it, and what a zero width joiner ties to it. A text is cut
// only between two such clusters.
[[nodiscard]] std::size_t cluster_length(std::string_view text, std::size_t offset);

// Where the cluster before `offset` begins; `offset` is more than 0.
[[nodiscard]] std::size_t previous_cluster(std::string_view text, std::size_t offset);

}  // namespace base
