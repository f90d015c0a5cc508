#include "appliance/fields/command_values.hpp"

#include <fmt/format.h>

#include "appliance/references.hpp"
#include "appliance/terms.hpp"
#include "appliance/value_check.hpp"
#include "json/text.hpp"

namespace appliance {
namespace {

// MAX_ARG_STRLEN of Linux without the zero byte at the end, also for `NAME=value`.
constexpr std::size_t longest_argument = 131072 - 1;

void report_too_long(std::size_t bytes, std::string_view what, Span where, Reading& reading) {
    reading.problems.error(fmt::format("{} has {} bytes, the most that Linux gives a program is {}",
                                       what, bytes, longest_argument),
                           where, "put it into a file, and mount that in `volumes`");
}

void check_variable_name(const Member& variable, Reading& reading) {
    if (variable.key.empty()) {
        reading.problems.error("a variable of `env` has no name", variable.key_span,
                               "give it one, or remove it");
    } else if (variable.key.find('=') != std::string::npos) {
        reading.problems.error(fmt::format("the name {} has a `=`", in_backticks(variable.key)),
                               variable.key_span, "write `\"NAME\": \"value\"`");
    } else if (variable.key.find('\0') != std::string::npos) {
        reading.problems.error("the name of a variable cannot have a NUL character",
                               variable.key_span, "remove it");
    }
}

}  // namespace

void check_length_of_argument(std::size_t bytes, std::string_view what, Span where,
                              Reading& reading) {
    if (bytes > longest_argument) {
        report_too_long(bytes, what, where, reading);
    }
}

std::string read_program_text(const Value& string, Draft& draft, Reading& reading) {
    static_cast<void>(check_no_nul(string, reading));  // an error, after which reading goes on
    return resolve_references(string, draft.links.references, reading);
}

void read_cmd(const Value& value, Draft& draft, Reading& reading) {
    if (value.as<std::string>()->empty()) {
        reading.problems.error(
            "`cmd` is empty", value.span,
            "write a line for the shell, or remove `cmd` and the image's own command runs");
        return;
    }
    ShellCommand shell{read_program_text(value, draft, reading)};
    check_length_of_argument(shell.line.size(), "`cmd`", value.span, reading);
    draft.container.command = std::move(shell);
}

void read_args(const Value& value, Draft& draft, Reading& reading) {
    Arguments arguments;
    for (const Value& entry : *value.as<Array>()) {
        if (check_type(JsonType::string, entry, "an entry of `args`",
                       "each argument is a string of its own", reading.problems) == Fits::yes) {
            arguments.list.push_back(read_program_text(entry, draft, reading));
            check_length_of_argument(arguments.list.back().size(), "this argument", entry.span,
                                     reading);
        }
    }
    // To the engine no arguments are the image's own.
    if (!arguments.list.empty()) {
        draft.container.command = std::move(arguments);
    }
}

void read_env(const Value& value, Draft& draft, Reading& reading) {
    for (const Member& variable : *value.as<Object>()) {
        check_variable_name(variable, reading);
        if (variable.value.as<Null>() != nullptr) {
            reading.problems.error(fmt::format("{} has no value", in_backticks(variable.key)),
                                   variable.value.span,
                                   "write `\"\"` for an empty one, or remove the variable");
            continue;
        }
        const auto text_of = [&](const Value& string) {
            return read_program_text(string, draft, reading);
        };
        std::string text = variable.value.as<std::string>() != nullptr
                               ? text_of(variable.value)
                               : json::to_text(variable.value, text_of);
        if (const std::size_t bytes = variable.key.size() + 1 + text.size();
            bytes > longest_argument) {
            report_too_long(bytes, fmt::format("{} with its value", in_backticks(variable.key)),
                            variable.value.span, reading);
        }
        draft.container.env[variable.key] = std::move(text);
    }
}

}  // namespace appliance
