#include "cli/command_line.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/checked_words.hpp"
#include "cli/familiar_words.hpp"
#include "cli/help.hpp"
#include "cli/option_words.hpp"
#include "cli/wrong_usage.hpp"

namespace cli {
namespace {

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

const Command* command_called(const Commands& commands, std::string_view name) {
    const auto found = std::find_if(commands.begin(), commands.end(),
                                    [&](const Command& command) { return command.name == name; });
    return found == commands.end() ? nullptr : &*found;
}

Answer help(std::string text) { return {Answer::About::help, std::move(text), {}}; }
Answer version() { return {Answer::About::version, "pivot " PIVOT_VERSION "\n", {}}; }

std::optional<Answer> answer_to(std::string_view word) {
    if (word == "--help" || word == "-h") {
        return help(overview());
    }
    return word == "--version" || word == "-V" || word == "version" ? std::optional(version())
                                                                    : std::nullopt;
}

// Only options, or none at all.
CommandLine without_command(const std::vector<std::string>& words) {
    const auto has = [&](std::string_view word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (words.empty()) {
        return NothingAsked{};
    }
    for (const char* word : {"--help", "-h", "--version", "-V"}) {
        if (has(word)) {
            return *answer_to(word);
        }
    }
    return wrong("no command is given", "`pivot --help` lists them");
}

CommandLine understand(const Commands& commands, RawWords& raw, std::vector<std::string> words,
                       const std::string& default_host) {
    const auto at = find_command(commands, words);
    if (!at) {
        return without_command(words);
    }
    std::string name = words[*at];
    const auto place = words.begin() + static_cast<std::ptrdiff_t>(*at);
    const std::vector<std::string> before(words.begin(), place);
    words.erase(place);
    if (name == "help") {
        const auto topic = std::find_if_not(words.begin(), words.end(), is_option);
        if (topic == words.end()) {
            return help(overview());
        }
        name = *topic;
        words = {"--help"};
    }
    if (name == "version") {
        return version();
    }
    const Command* command = command_called(commands, command_behind(name));
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
        return help(help_on(*command));
    }
    if (raw.version) {
        return version();
    }
    if (auto rest = left_over(*command, command->app->remaining())) {
        return std::move(*rest);
    }
    if (auto empty = empty_one(*command, words)) {
        return std::move(*empty);
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

CommandLine parse(std::vector<std::string> words, const std::string& default_host) {
    if (words.size() == 1) {
        if (auto answer = answer_to(words.front())) {
            return std::move(*answer);
        }
    }
    RawWords raw;
    const Commands commands = make_commands(
        raw, words.empty() || is_option(words.front()) ? "" : command_behind(words.front()));
    drop_equals_signs(commands, words);
    CommandLine line = understand(commands, raw, words, default_host);
    if (auto* wrong_usage = std::get_if<WrongUsage>(&line)) {
        wrong_usage->common = common_in(commands, words);
    } else if (auto* answer = std::get_if<Answer>(&line)) {
        answer->common = common_in(commands, words);
    }
    return line;
}

}  // namespace cli
