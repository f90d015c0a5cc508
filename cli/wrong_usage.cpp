#include "cli/wrong_usage.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "cli/familiar_words.hpp"
#include "cli/help.hpp"
#include "diagnostics/nearest.hpp"

namespace cli {
namespace {

void add_options(std::vector<std::string>& names, const Command& command) {
    for (const CLI::Option* known : command.app->get_options()) {
        for (const std::string& name : known->get_lnames()) {
            names.push_back("--" + name);
        }
    }
}

// What another tool's option is here, or which of these may have been meant.
std::string advice_on_option(std::string_view command, const std::string& word,
                             const std::vector<std::string>& names, std::string otherwise) {
    const std::string name = name_part(word);
    if (const auto way = way_instead_of_option(command, name); !way.empty()) {
        return std::string(way);
    }
    std::vector<std::string_view> candidates(names.begin(), names.end());
    std::erase_if(candidates, [&](auto candidate) { return may_be_opposites(name, candidate); });
    const auto near = diagnostics::nearest(name, candidates);
    return near ? fmt::format("did you mean {}?", *near) : std::move(otherwise);
}

WrongUsage unknown_option(const Command& command, const std::string& word) {
    std::vector<std::string> names;
    add_options(names, command);
    return wrong(fmt::format("`pivot {}` has no option {}", command.name, name_part(word)),
                 advice_on_option(command.name, word, names,
                                  fmt::format("`pivot {} --help` lists them", command.name)));
}

// Of an option or argument that is given and has nothing in it.
std::optional<std::string> name_of_empty_one(const Command& command,
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

}  // namespace

WrongUsage wrong(std::string headline, std::string hint) {
    present::Message message;
    message.headline = std::move(headline);
    message.hint = std::move(hint);
    return {std::move(message), {}};
}

WrongUsage unknown_command(const Commands& commands, const std::string& word,
                           const std::vector<std::string>& before) {
    for (const std::string& other : before) {
        if (is_option(other) && other != end_of_options && !is_known(commands, other)) {
            std::vector<std::string> names;
            for (const Command& command : commands) {
                add_options(names, command);
            }
            return wrong(fmt::format("no command has an option {}", name_part(other)),
                         advice_on_option("", other, names,
                                          "`pivot COMMAND --help` lists those of a command"));
        }
    }
    const std::string headline = fmt::format("no command is called `{}`", word);
    if (const auto way = way_instead_of(word); !way.empty()) {
        return wrong(headline, std::string(way));
    }
    std::vector<std::string_view> names;
    for (const Command& command : commands) {
        names.push_back(command.name);
    }
    const auto near = diagnostics::nearest(word, names);
    return wrong(headline, near ? fmt::format("did you mean `pivot {}`?", *near)
                                : "`pivot --help` lists them");
}

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

std::optional<WrongUsage> empty_one(const Command& command, const std::vector<std::string>& words) {
    const auto name = name_of_empty_one(command, words);
    return name ? std::optional(wrong(fmt::format("{} is empty", *name),
                                      fmt::format("the usage is: {}", usage(command))))
                : std::nullopt;
}

WrongUsage refused_by_parser(const Command& command, const CLI::ParseError& error) {
    const std::string hint = fmt::format("`pivot {} --help` tells how to use it", command.name);
    const std::string_view text = error.what();
    if (error.get_name() == "ArgumentMismatch" && text.find(':') != std::string_view::npos) {
        return wrong(fmt::format("{} needs a value", text.substr(0, text.find(':'))), hint);
    }
    return wrong(std::string(text), hint);
}

}  // namespace cli
