#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/grammar.hpp"

// The words of a command line before they are parsed: which of them are options.
namespace cli {

using Commands = std::vector<Command>;

// Behind it words are no options, whatever they begin with.
inline constexpr std::string_view end_of_options = "--";

[[nodiscard]] bool is_option(const std::string& word);

// `--timeout=5` without its value.
[[nodiscard]] std::string name_part(const std::string& word);

// Whether any command has this option.
[[nodiscard]] bool is_known(const Commands& commands, const std::string& word);

// Whether the next word is the value of this option, or of the last one in `-qo`.
[[nodiscard]] bool takes_next_word(const Commands& commands, const std::string& word);

// `-o=json` as `-ojson`, for every short option that takes a value.
void drop_equals_signs(const Commands& commands, std::vector<std::string>& words);

// Output and colour as they are asked for, as far as that can be told where the rest is wrong.
[[nodiscard]] Common common_in(const Commands& commands, const std::vector<std::string>& words);

}  // namespace cli
