#include "cli/familiar_words.hpp"

#include <algorithm>
#include <array>

namespace cli {
namespace {

struct Name {
    std::string_view word;
    std::string_view command;
};

// `rm` is not one of them: docker and compose remove with it only what has stopped, `down` stops
// it.
constexpr std::array familiar_names{
    Name{"config", "validate"}, Name{"lint", "validate"}, Name{"diff", "plan"},
    Name{"apply", "up"},        Name{"deploy", "up"},     Name{"ps", "status"},
    Name{"ls", "status"},       Name{"list", "status"},   Name{"delete", "down"},
    Name{"destroy", "down"},
};

struct Way {
    std::string_view word;
    std::string_view hint;
};

constexpr auto take_away = "`pivot down ID` takes a whole appliance away; its volumes stay";
constexpr auto make_images = "pivot builds no images: use `docker build -t IMAGE .`";
constexpr auto look = "`pivot status ID` shows what there is, with -o json all of it";
constexpr auto change = "change the document and run `pivot up` again";

constexpr std::array ways{
    Way{"logs", "`docker logs APPLIANCE.CONTAINER.N` shows what instance N wrote"},
    Way{"exec", "`docker exec -it APPLIANCE.CONTAINER.N sh` runs a command in instance N"},
    Way{"run", "`pivot up FILE` runs what a document describes"},
    Way{"start", "`pivot up FILE` starts what does not run"},
    Way{"stop", "`docker stop APPLIANCE.CONTAINER.N` stops instance N until the next `pivot up`"},
    Way{"restart", "`docker restart APPLIANCE.CONTAINER.N` restarts instance N"},
    Way{"scale", "`pivot up FILE --scale CONTAINER=N` runs N instances of a container"},
    Way{"wait", "`pivot up FILE` returns when all of it is ready"},
    Way{"stats", "`docker stats` shows what containers use"},
    Way{"events", "`docker events --filter label=pivot.appliance=ID` shows what happens to it"},
    Way{"graph", "`pivot plan FILE` shows what a document comes to"},
    Way{"top", "`docker top APPLIANCE.CONTAINER.N` shows the processes of instance N"},
    Way{"kill", "`docker kill APPLIANCE.CONTAINER.N` kills instance N"},
    Way{"pause", "`docker pause APPLIANCE.CONTAINER.N` pauses instance N"},
    Way{"unpause", "`pivot up FILE` lets what is paused go on"},
    Way{"cp", "`docker cp` copies from and to APPLIANCE.CONTAINER.N"},
    Way{"attach", "`docker attach APPLIANCE.CONTAINER.N` connects to instance N"},
    Way{"images", "`docker images` lists the engine's images"},
    Way{"pull", "`pivot up FILE --pull always` pulls all of its images"},
    Way{"build", make_images},
    Way{"push", "`docker push IMAGE` pushes an image"},
    Way{"volumes",
        "`docker volume ls --filter label=pivot.appliance` lists the appliances' volumes"},
    Way{"rm", take_away},
    Way{"remove", take_away},
    Way{"uninstall", take_away},
    Way{"undeploy", take_away},
    Way{"stack", "the commands stand alone, as in `pivot up FILE`"},
    Way{"compose", "the commands stand alone, as in `pivot up FILE`"},
    Way{"create", "`pivot up FILE` makes and starts what a document describes"},
    Way{"install", "`pivot up FILE` makes and starts what a document describes"},
    Way{"upgrade", change},
    Way{"update", change},
    Way{"edit", change},
    Way{"rollback", "run `pivot up` with the document as it was"},
    Way{"get", look},
    Way{"describe", look},
    Way{"inspect", look},
    Way{"info", look},
    Way{"show", look},
    Way{"init", "write a document; README and `appliances/` show how"},
};

struct OptionWay {
    std::string_view command;  // empty: of any
    std::string_view option;
    std::string_view hint;
};

constexpr auto named_by_id = "an appliance is called what `id` in its document says";
constexpr auto in_the_document = "write `env` into the document";

constexpr std::array option_ways{
    OptionWay{"up", "--build", "pivot builds no images: run `docker build -t IMAGE .` first"},
    OptionWay{"up", "--no-deps", "`pivot up` always starts what a container needs"},
    OptionWay{"up", "--no-recreate",
              "what changed is replaced, all else stays: `pivot plan FILE` shows it"},
    OptionWay{"up", "--no-start", "`pivot plan FILE` shows what would be started"},
    OptionWay{"up", "--replicas", "write --scale CONTAINER=N"},
    OptionWay{"up", "--attach", "`docker logs -f APPLIANCE.CONTAINER.N` follows what it writes"},
    OptionWay{"up", "--watch", "run `pivot up` again after each change"},
    OptionWay{"down", "--timeout", "write --stop-timeout 10s"},
    OptionWay{"down", "--rmi", "images stay: `docker rmi IMAGE` removes one"},
    OptionWay{"down", "--all", "name each appliance: `pivot status` lists them"},
    OptionWay{"down", "-a", "name each appliance: `pivot status` lists them"},
    OptionWay{"down", "--force", "`pivot down ID` asks nothing; --stop-timeout 0 kills at once"},
    OptionWay{"down", "--dry-run", "`pivot status ID` shows what there is to take away"},
    OptionWay{"status", "--watch", "`watch pivot status ID` repeats it"},
    OptionWay{"status", "-w", "`watch pivot status ID` repeats it"},
    OptionWay{"", "--project-name", named_by_id},
    OptionWay{"", "-p", named_by_id},
    OptionWay{"", "--namespace", named_by_id},
    OptionWay{"", "-n", named_by_id},
    OptionWay{"", "--context", "say where the engine is with --host"},
    OptionWay{"", "-c", "say where the engine is with --host"},
    OptionWay{"", "--env-file", in_the_document},
    OptionWay{"", "--env", in_the_document},
    OptionWay{"", "-e", in_the_document},
};

// Words that turn what stands behind them into its opposite, letter by letter: people leave out
// the `-`.
bool denies(std::string_view option) {
    std::string letters;
    std::copy_if(option.begin(), option.end(), std::back_inserter(letters),
                 [](char c) { return c != '-'; });
    constexpr std::array<std::string_view, 8> denials{"no",   "dont",    "without", "skip",
                                                      "keep", "disable", "retain",  "un"};
    return std::any_of(denials.begin(), denials.end(),
                       [&](std::string_view denial) { return letters.starts_with(denial); });
}

}  // namespace

std::string_view command_behind(std::string_view word) {
    const auto found = std::find_if(familiar_names.begin(), familiar_names.end(),
                                    [&](const Name& name) { return name.word == word; });
    return found == familiar_names.end() ? word : found->command;
}

std::string other_names(std::string_view command) {
    std::string list;
    for (const Name& name : familiar_names) {
        if (command.empty() || name.command == command) {
            list += (list.empty() ? "" : ", ") + std::string(name.word);
        }
    }
    return list;
}

std::string_view way_instead_of(std::string_view word) {
    const auto found =
        std::find_if(ways.begin(), ways.end(), [&](const Way& way) { return way.word == word; });
    return found == ways.end() ? std::string_view() : found->hint;
}

std::string_view way_instead_of_option(std::string_view command, std::string_view option) {
    const auto found =
        std::find_if(option_ways.begin(), option_ways.end(), [&](const OptionWay& way) {
            return way.option == option && (way.command.empty() || way.command == command);
        });
    return found == option_ways.end() ? std::string_view() : found->hint;
}

bool may_be_opposites(std::string_view option, std::string_view other) {
    return denies(option) != denies(other);
}

}  // namespace cli
