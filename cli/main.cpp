#include <string>
#include <variant>
#include <vector>

#include "base/overload.hpp"
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "present/exit_code.hpp"

int main(int argc, char** argv) {
    using namespace cli;
    Console::hold_standard_streams();
    const Environment environment = read_environment();
    const std::vector<std::string> words(argv + 1, argv + argc);
    const CommandLine line = parse(words, environment.docker_host);

    const auto* invocation = std::get_if<Invocation>(&line);
    Common common = invocation == nullptr ? Common{} : invocation->common;
    if (const auto* wrong = std::get_if<WrongUsage>(&line)) {
        common.color = wrong->color;
    }
    Session session{{}, common, environment, Console(common.color, environment)};
    Console& console = session.console;

    const int code = std::visit(
        base::Overload{
            [&](const Invocation& asked) {
                return std::visit([&](const auto& arguments) { return run(session, arguments); },
                                  asked.arguments);
            },
            [&](const Answer& answer) {
                console.result(answer.text);
                return present::exit_code::done;
            },
            [&](const WrongUsage& wrong) {
                console.say(wrong.message);
                return present::exit_code::wrong_usage;
            },
            [&](const NothingAsked&) {
                console.say(overview());
                return present::exit_code::wrong_usage;
            },
        },
        line);
    return console.exit_code(code);
}
