#include "cli/grammar.hpp"

#include <algorithm>
#include <iterator>

namespace cli {
namespace {

constexpr auto to_do = "What to do";
constexpr auto to_wait = "How to wait";
constexpr auto output = "Engine and output";
constexpr auto unlisted = "";  // what people from other tools type; the help need not name it

void take_common_options(CLI::App& app, RawWords& words) {
    app.add_option("-H,--host", words.host, "unix:///var/run/docker.sock (DOCKER_HOST)")
        ->type_name("URL")
        ->group(output);
    app.add_option("-o,--output,--format", words.output,
                   "json: exactly one JSON object, for scripts")
        ->type_name("text|json")
        ->group(output);
    app.add_flag("--json", words.json)->group(unlisted);
    app.add_option("--color", words.color, "by default on a terminal (NO_COLOR)")
        ->type_name("auto|always|never")
        ->group(output);
    app.add_flag("--no-color,--no-ansi", words.no_color)->group(unlisted);
    app.add_flag("-q,--quiet", words.quiet, "no progress; errors and warnings stay")->group(output);
    app.add_flag("-v,--verbose", words.verbose, "show each call to the engine and its time")
        ->group(output);
    app.add_flag("-V,--version", words.version, "show pivot's version")->group(output);
    app.add_flag("-h,--help", words.help, "show this")->group(output);
}

void take_file_option(CLI::App& app, RawWords& words) {
    app.add_option("-f,--file,--filename", words.file_options)
        ->take_all()
        ->allow_extra_args(false)
        ->group(unlisted);
}

void take_file(CLI::App& app, RawWords& words) {
    app.add_option("FILE", words.file, "the document (appliance.json); - is standard input");
    take_file_option(app, words);
}

void take_appliance(CLI::App& app, RawWords& words) {
    app.add_option("ID", words.appliance, "the appliance, or the path of its document");
    take_file_option(app, words);
}

void take_document_options(CLI::App& app, RawWords& words) {
    take_file(app, words);
    app.add_option("--scale", words.scales, "run N instances of container C; may be repeated")
        ->type_name("C=N")
        ->take_all()
        ->allow_extra_args(false)
        ->group(to_do);
    app.add_option("--pull", words.pull, "when to pull images; by default what is missing")
        ->type_name("missing|always|never")
        ->group(to_do);
    app.add_flag("--recreate,--force-recreate", words.recreate, "replace what is unchanged, too")
        ->group(to_do);
    app.add_flag("--rerun", words.rerun, "run jobs again that succeeded")->group(to_do);
    app.add_flag("--keep-orphans", words.keep_orphans, "keep what is no longer in the document")
        ->group(to_do);
    app.add_flag("--remove-orphans", words.remove_orphans)->group(unlisted);
}

// Options that other tools need for what pivot does anyway.
void take_what_goes_without_saying(CLI::App& app, RawWords& words, const std::string& names) {
    app.add_flag(names, words.goes_without_saying)->group(unlisted);
}

void take_stop_timeout(CLI::App& app, RawWords& words) {
    app.add_option("-t,--stop-timeout", words.stop_timeout, "kill what has not stopped after D")
        ->type_name("D")
        ->group(to_wait);
}

void take_up(CLI::App& app, RawWords& words) {
    app.description(
        "Makes the engine match the document and returns when every container is ready.\n"
        "What is unchanged stays, what changed is replaced, what left the document is\n"
        "removed. Run it as often as you like: it goes on where the last run ended.");
    app.add_flag("--dry-run", words.dry_run, "show what would be done and change nothing")
        ->group(to_do);
    take_document_options(app, words);
    app.add_option("--timeout,--wait-timeout", words.timeout,
                   "give up after D, as 90 (s), 1.5s, 5m, 1h30m")
        ->type_name("D")
        ->group(to_wait);
    app.add_flag("--no-wait", words.no_wait, "return when all is started, ready or not")
        ->group(to_wait);
    app.add_flag("--wait", words.wait)->group(unlisted);
    take_what_goes_without_saying(app, words, "-d,--detach,-y,--yes,--auto-approve,--no-build");
    app.add_option("--settle", words.settle, "how long what starts last must stay up (200ms)")
        ->type_name("D")
        ->group(to_wait);
    take_stop_timeout(app, words);
}

void take_plan(CLI::App& app, RawWords& words) {
    app.description("Shows what `pivot up` would do, and why. Changes nothing and pulls nothing.");
    take_document_options(app, words);
    app.add_flag("--exit-code", words.exit_code, "exit with 10 when there is something to do")
        ->group(to_do);
}

void take_status(CLI::App& app, RawWords& words) {
    app.description(
        "Shows what runs and where to reach it; without an ID, every appliance there is.\n"
        "Exits with 0 only when every container is in its goal state.");
    take_appliance(app, words);
    take_what_goes_without_saying(app, words, "-a,--all");
}

void take_port(CLI::App& app, RawWords& words) {
    app.description(
        "Prints where a container's ports are reached, host:port, a line each.\n"
        "Exits with 1 when there is no such endpoint.");
    take_appliance(app, words);
    app.add_option("CONTAINER", words.container, "a container of it");
    app.add_option("PORT", words.port, "only this one: 8998, 53/udp, or a port's name");
}

void take_down(CLI::App& app, RawWords& words) {
    app.description(
        "Takes an appliance away: its containers, those that others need last, then its\n"
        "network. Its volumes stay, `global` ones always. Needs no document.");
    take_appliance(app, words);
    take_what_goes_without_saying(app, words, "--remove-orphans,-y,--yes,--auto-approve");
    app.add_flag("--purge,--volumes", words.purge,
                 "remove its own volumes, too: their data is lost")
        ->group(to_do);
    app.add_flag("--if-exists", words.if_exists, "exit with 0 when there is no such appliance")
        ->group(to_do);
    take_stop_timeout(app, words);
}

void take_validate(CLI::App& app, RawWords& words) {
    app.description("Checks documents alone, without an engine, and tells all that is wrong.");
    app.add_option("FILE...", words.files, "documents (appliance.json); - is standard input")
        ->take_all();
    take_file_option(app, words);
}

}  // namespace

std::vector<Command> make_commands(RawWords& words, std::string_view only) {
    struct Entry {
        std::string_view name;
        void (*take)(CLI::App&, RawWords&);
    };
    constexpr Entry entries[] = {
        {"validate", take_validate}, {"plan", take_plan}, {"up", take_up},
        {"status", take_status},     {"port", take_port}, {"down", take_down}};
    const bool is_there = std::any_of(std::begin(entries), std::end(entries),
                                      [&](const Entry& entry) { return entry.name == only; });
    std::vector<Command> commands;
    for (const Entry& entry : entries) {
        if (is_there && entry.name != only) {
            continue;
        }
        auto app = std::make_unique<CLI::App>("", std::string(entry.name));
        app->option_defaults()->disable_flag_override();  // `--purge=false` is no way to keep data
        app->set_help_flag();  // a flag like the others: help is written by us
        app->allow_extras();   // and told of in our words
        app->option_defaults()->take_last();
        entry.take(*app, words);
        take_common_options(*app, words);
        commands.push_back({entry.name, std::move(app)});
    }
    return commands;
}

}  // namespace cli
