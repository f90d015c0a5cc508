#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/option_words.hpp"

// What is said of a command line that makes no sense.
namespace cli {

[[nodiscard]] WrongUsage wrong(std::string headline, std::string hint);

// `before`: the words in front of it. What follows an option that nobody knows may be its value.
[[nodiscard]] WrongUsage unknown_command(const Commands& commands, const std::string& word,
                                         const std::vector<std::string>& before);

// What the command does not take; nothing where that is the `--` alone.
[[nodiscard]] std::optional<WrongUsage> left_over(const Command& command,
                                                  std::vector<std::string> words);

// The first option or argument that is given and has nothing in it: a script's variable was empty,
// most likely.
[[nodiscard]] std::optional<WrongUsage> empty_one(const Command& command,
                                                  const std::vector<std::string>& words);

[[nodiscard]] WrongUsage refused_by_parser(const Command& command, const CLI::ParseError& error);

}  // namespace cli
