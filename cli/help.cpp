#include "cli/help.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/familiar_words.hpp"

namespace cli {
namespace {

constexpr std::size_t description_column = 30;

bool is_optional(const Command& command, const CLI::Option& positional) {
    return positional.get_name() == "PORT" || positional.get_name().starts_with("FILE") ||
           (command.name == "status" && positional.get_name() == "ID");
}

// "  -o, --output text|json"
std::string left_side(const CLI::Option& option) {
    const auto& shorts = option.get_snames();
    const auto& longs = option.get_lnames();
    std::string text = shorts.empty() ? "      " : fmt::format("  -{}, ", shorts.front());
    text += fmt::format("--{}", longs.front());
    if (option.get_items_expected_max() > 0) {
        text += " " + option.get_type_name();
    }
    return text;
}

// What is too long for the left side stands on a line of its own.
std::string line(const std::string& left, const std::string& description) {
    if (left.size() + 2 > description_column) {
        return fmt::format("{}\n{:{}}{}\n", left, "", description_column, description);
    }
    return fmt::format("{:<{}}{}\n", left, description_column, description);
}

}  // namespace

std::string overview() {
    return R"(pivot deploys several containers, described in one JSON file, to Docker Engine.

Usage: pivot COMMAND [OPTIONS]

  validate [FILE...]        check documents alone, without an engine
  plan [FILE]               show what `up` would do, and why
  up [FILE]                 make the engine match the document, wait until ready
  status [ID]               what runs and where to reach it; without ID, of all
  port ID CONTAINER [PORT]  host:port of a container's endpoints, for scripts
  down ID                   take an appliance away; its volumes stay

)" + fmt::format("Also: {}\n\n", other_names()) +
           R"(  -H, --host URL            the engine's socket (DOCKER_HOST)
  -o, --output text|json    json: exactly one JSON object
      --color WHEN          auto, always or never (NO_COLOR)
  -q, --quiet, -v, --verbose  no progress; each call to the engine
  -h, --help, -V, --version   `pivot up --help` tells all about `up`

Examples:
  pivot up appliance.json
  pivot status spark-livy
  curl "http://$(pivot port spark-livy livy 8998)/version"
)";
}

std::string usage(const Command& command) {
    std::string text = fmt::format("pivot {}", command.name);
    for (const CLI::Option* option : command.app->get_options()) {
        if (option->get_positional()) {
            text += is_optional(command, *option) ? fmt::format(" [{}]", option->get_name())
                                                  : fmt::format(" {}", option->get_name());
        }
    }
    return text;
}

std::string help_on(const Command& command) {
    std::string text =
        fmt::format("Usage: {} [OPTIONS]\n\n{}\n", usage(command), command.app->get_description());
    std::string positionals;
    std::vector<std::string> groups;  // in the order of their first option
    for (const CLI::Option* option : command.app->get_options()) {
        if (option->get_positional()) {
            positionals += line("  " + option->get_name(), option->get_description());
        } else if (!option->get_group().empty() &&
                   std::find(groups.begin(), groups.end(), option->get_group()) == groups.end()) {
            groups.push_back(option->get_group());
        }
    }
    if (!positionals.empty()) {
        text += "\n" + positionals;
    }
    for (const std::string& group : groups) {
        text += fmt::format("\n{}:\n", group);
        for (const CLI::Option* option : command.app->get_options()) {
            if (!option->get_positional() && option->get_group() == group) {
                text += line(left_side(*option), option->get_description());
            }
        }
    }
    if (const std::string others = other_names(command.name); !others.empty()) {
        text += fmt::format("\nAlso called: {}\n", others);
    }
    return text;
}

}  // namespace cli
