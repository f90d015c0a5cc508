#include "cli/command_line.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "cli/checked_words.hpp"
#include "cli/grammar.hpp"
#include "cli/help.hpp"
#include "diagnostics/nearest.hpp"

namespace cli {
namespace {

using Commands = std::vector<Command>;

WrongUsage wrong(std::string headline, std::string hint) {
    present::Message message;
    message.headline = std::move(headline);
    message.hint = std::move(hint);
    return {std::move(message)};
}

// Behind it words are no options, whatever they begin with.
constexpr std::string_view end_of_options = "--";

bool is_option(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

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

// `--timeout=5` without its value.
std::string name_part(const std::string& word) { return word.substr(0, word.find('=')); }

bool is_known(const Commands& commands, const std::string& word) {
    return option_called(commands, word.starts_with("--") ? name_part(word) : word.substr(0, 2)) !=
           nullptr;
}

// Whether the next word is the value of this option, or of the last one in `-qo`.
bool takes_next_word(const Commands& commands, const std::string& word) {
    const auto takes_value = [](const CLI::Option* option) {
        return option != nullptr && option->get_items_expected_max() > 0;
    };
    if (word.starts_with("--")) {
        return takes_value(option_called(commands, word));
    }
    for (std::size_t i = 1; i < word.size(); ++i) {
        if (takes_value(option_called(commands, {'-', word[i]}))) {
            return i + 1 == word.size();  // else the value is the rest of this word
        }
    }
    return false;
}

// Options may stand before the command: the first word that is neither an option nor the value of
// one is it.
std::optional<std::size_t> find_command(const Commands& commands,
                                        const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == end_of_options) {
            return i + 1 < words.size() ? std::optional(i + 1) : std::nullopt;
        }
        if (!is_option(words[i])) {
            return i;
        }
        if (takes_next_word(commands, words[i])) {
            ++i;
        }
    }
    return std::nullopt;
}

std::vector<std::string_view> names_of(const Commands& commands) {
    std::vector<std::string_view> names;
    for (const Command& command : commands) {
        names.push_back(command.name);
    }
    return names;
}

const Command* command_called(const Commands& commands, std::string_view name) {
    const auto found = std::find_if(commands.begin(), commands.end(),
                                    [&](const Command& command) { return command.name == name; });
    return found == commands.end() ? nullptr : &*found;
}

// Only options, or none at all.
CommandLine without_command(const std::vector<std::string>& words) {
    const auto has = [&](std::string_view word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (words.empty()) {
        return NothingAsked{};
    }
    if (has("--help") || has("-h")) {
        return Answer{overview()};
    }
    if (has("--version")) {
        return Answer{"pivot " PIVOT_VERSION "\n"};
    }
    return wrong("no command is given", "`pivot --help` lists them");
}

void add_options(std::vector<std::string>& names, const Command& command) {
    for (const CLI::Option* known : command.app->get_options()) {
        for (const std::string& name : known->get_lnames()) {
            names.push_back("--" + name);
        }
    }
}

// Which of these may have been meant.
std::string advice_on_option(const std::string& word, const std::vector<std::string>& names,
                             std::string otherwise) {
    const auto near = diagnostics::nearest(name_part(word), {names.begin(), names.end()});
    return near ? fmt::format("did you mean {}?", *near) : std::move(otherwise);
}

// `before`: the words in front of it. What follows an option that nobody knows may be its value.
WrongUsage unknown_command(const Commands& commands, const std::string& word,
                           const std::vector<std::string>& before) {
    for (const std::string& other : before) {
        if (is_option(other) && other != end_of_options && !is_known(commands, other)) {
            std::vector<std::string> names;
            for (const Command& command : commands) {
                add_options(names, command);
            }
            return wrong(
                fmt::format("no command has an option {}", name_part(other)),
                advice_on_option(other, names, "`pivot COMMAND --help` lists those of a command"));
        }
    }
    const auto near = diagnostics::nearest(word, names_of(commands));
    return wrong(
        fmt::format("no command is called `{}`", word),
        near ? fmt::format("did you mean `pivot {}`?", *near) : "`pivot --help` lists them");
}

WrongUsage unknown_option(const Command& command, const std::string& word) {
    std::vector<std::string> names;
    add_options(names, command);
    return wrong(
        fmt::format("`pivot {}` has no option {}", command.name, name_part(word)),
        advice_on_option(word, names, fmt::format("`pivot {} --help` lists them", command.name)));
}

// What the command does not take; nothing where that is the `--` alone.
std::optional<WrongUsage> left_over(const Command& command, std::vector<std::string> words) {
    const auto end = std::find(words.begin(), words.end(), end_of_options);
    if (const auto option = std::find_if(words.begin(), end, is_option); option != end) {
        return unknown_option(command, *option);
    }
    if (end != words.end()) {
        words.erase(end);
    }
    if (words.empty()) {
        return std::nullopt;
    }
    return wrong(fmt::format("`{}` is one argument too many", words.front()),
                 fmt::format("the usage is: {}", usage(command)));
}

// The first option or argument that is given and has nothing in it: a script's variable was empty,
// most likely.
std::optional<std::string> empty_one(const Command& command,
                                     const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        if (word == end_of_options) {
            break;
        }
        if (word.starts_with("--") &&
            word.ends_with('=')) {  // CLI11 would take the next word for the value
            return name_part(word);
        }
    }
    for (const CLI::Option* option : command.app->get_options()) {
        const auto& values = option->results();
        if (option->get_items_expected_max() > 0 &&
            std::find(values.begin(), values.end(), "") != values.end()) {
            return option->get_name();
        }
    }
    return std::nullopt;
}

WrongUsage refused_by_parser(const Command& command, const CLI::ParseError& error) {
    const std::string hint = fmt::format("`pivot {} --help` tells how to use it", command.name);
    const std::string_view text = error.what();
    if (error.get_name() == "ArgumentMismatch" && text.find(':') != std::string_view::npos) {
        return wrong(fmt::format("{} needs a value", text.substr(0, text.find(':'))), hint);
    }
    return wrong(std::string(text), hint);
}

// The last `--color` there is, right or wrong as the rest may be.
Common::Color color_in(const std::vector<std::string>& words) {
    constexpr std::string_view option = "--color";
    std::string_view wanted;
    for (std::size_t i = 0; i < words.size() && words[i] != end_of_options; ++i) {
        if (words[i] == option && i + 1 < words.size()) {
            wanted = words[i + 1];
        } else if (words[i].starts_with("--color=")) {
            wanted = std::string_view(words[i]).substr(option.size() + 1);
        }
    }
    return wanted == "always"  ? Common::Color::always
           : wanted == "never" ? Common::Color::never
                               : Common::Color::automatic;
}

CommandLine understand(std::vector<std::string> words, const std::string& default_host) {
    RawWords raw;
    const Commands commands = make_commands(raw);
    const auto at = find_command(commands, words);
    if (!at) {
        return without_command(words);
    }
    std::string name = words[*at];
    const auto place = words.begin() + static_cast<std::ptrdiff_t>(*at);
    const std::vector<std::string> before(words.begin(), place);
    words.erase(place);
    if (name == "help") {
        if (words.empty()) {
            return Answer{overview()};
        }
        name = words.front();
        words = {"--help"};
    }
    const Command* command = command_called(commands, name);
    if (command == nullptr) {
        return unknown_command(commands, name, before);
    }
    try {
        std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 takes them
        command->app->parse(std::move(reversed));
    } catch (const CLI::ParseError& error) {
        return refused_by_parser(*command, error);
    }
    if (raw.help) {
        return Answer{help_on(*command)};
    }
    if (raw.version) {
        return Answer{"pivot " PIVOT_VERSION "\n"};
    }
    if (auto rest = left_over(*command, command->app->remaining())) {
        return std::move(*rest);
    }
    if (const auto empty = empty_one(*command, words)) {
        return wrong(fmt::format("{} is empty", *empty),
                     fmt::format("the usage is: {}", usage(*command)));
    }
    if (raw.host.empty()) {
        raw.host = default_host;
    }
    auto checked = check(command->name, raw);
    if (!checked) {
        return wrong(checked.error().headline, checked.error().hint);
    }
    return std::move(*checked);
}

}  // namespace

CommandLine parse(const std::vector<std::string>& words, const std::string& default_host) {
    CommandLine line = understand(words, default_host);
    if (auto* wrong_usage = std::get_if<WrongUsage>(&line)) {
        wrong_usage->color = color_in(words);
    }
    return line;
}

}  // namespace cli
