#include "cli/option_words.hpp"

#include <algorithm>
#include <array>

namespace cli {
namespace {

// The option that this word is, of any command; null where it is none or has its value behind a
// `=`.
const CLI::Option* option_called(const Commands& commands, const std::string& word) {
    for (const Command& command : commands) {
        if (const CLI::Option* option = command.app->get_option_no_throw(word)) {
            return option;
        }
    }
    return nullptr;
}

bool takes_value(const CLI::Option* option) {
    return option != nullptr && option->get_items_expected_max() > 0;
}

// The place of the letter in `-qo` that takes a value; `npos` where none does.
std::size_t letter_with_value(const Commands& commands, const std::string& word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
        if (takes_value(option_called(commands, {'-', word[i]}))) {
            return i;
        }
    }
    return std::string::npos;
}

// Options and their values, in the order in which they stand. Flags have none.
struct Given {
    std::string name;
    std::string value;
};

std::vector<Given> options_in(const Commands& commands, const std::vector<std::string>& words) {
    std::vector<Given> all;
    for (std::size_t i = 0; i < words.size() && words[i] != end_of_options; ++i) {
        const std::string& word = words[i];
        if (!is_option(word)) {
            continue;
        }
        const bool next = takes_next_word(commands, word) && i + 1 < words.size();
        Given given{name_part(word), ""};
        if (word.starts_with("--")) {
            given.value = given.name.size() < word.size() ? word.substr(given.name.size() + 1) : "";
        } else if (const std::size_t letter = letter_with_value(commands, word);
                   letter != std::string::npos) {
            given = {{'-', word[letter]}, word.substr(letter + 1)};
        }
        if (next) {
            given.value = words[++i];
        }
        all.push_back(std::move(given));
    }
    return all;
}

}  // namespace

bool is_option(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

std::string name_part(const std::string& word) { return word.substr(0, word.find('=')); }

bool is_known(const Commands& commands, const std::string& word) {
    return option_called(commands, word.starts_with("--") ? name_part(word) : word.substr(0, 2)) !=
           nullptr;
}

bool takes_next_word(const Commands& commands, const std::string& word) {
    return word.starts_with("--") ? takes_value(option_called(commands, word))
                                  : letter_with_value(commands, word) == word.size() - 1;
}

void drop_equals_signs(const Commands& commands, std::vector<std::string>& words) {
    for (std::string& word : words) {
        if (word == end_of_options) {
            return;
        }
        if (is_option(word) && !word.starts_with("--")) {
            const std::size_t letter = letter_with_value(commands, word);
            if (letter != std::string::npos && letter + 2 < word.size() &&
                word[letter + 1] == '=') {
                word.erase(letter + 1, 1);
            }
        }
    }
}

Common common_in(const Commands& commands, const std::vector<std::string>& words) {
    Common common;
    constexpr std::array<std::string_view, 3> outputs{"-o", "--output", "--format"};
    for (const Given& given : options_in(commands, words)) {
        if (std::find(outputs.begin(), outputs.end(), given.name) != outputs.end()) {
            common.output = given.value == "json" ? Common::Output::json : Common::Output::text;
        } else if (given.name == "--color") {
            common.color = given.value == "always"  ? Common::Color::always
                           : given.value == "never" ? Common::Color::never
                                                    : Common::Color::automatic;
        }
    }
    const auto has = [&](std::string_view word) {
        const auto end = std::find(words.begin(), words.end(), end_of_options);
        return std::find(words.begin(), end, word) != end;
    };
    if (has("--json")) {
        common.output = Common::Output::json;
    }
    if (has("--no-color") || has("--no-ansi")) {
        common.color = Common::Color::never;
    }
    return common;
}

}  // namespace cli
