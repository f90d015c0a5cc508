// What people type who come from docker, compose, kubectl, helm or terraform.

#include "catch.hpp"
#include "cli/folder.hpp"

using support::Ended;
using support::pivot;

namespace {

constexpr auto document =
    R"({ "id": "shop", "containers": [ { "id": "db", "image": "postgres" } ] })";
constexpr auto nowhere = "unix:///nowhere.sock";
constexpr auto no_engine = "error: no Docker Engine at unix:///nowhere.sock: no such file\n";

// That the words make sense: the missing engine is the next thing that is wrong.
void check_understood(const Folder& folder, std::vector<std::string> words) {
    words.insert(words.end(), {"-H", nowhere});
    INFO(words.front() << " " << words[1]);
    const Ended ended = folder.pivot(words);
    CHECK(ended.code == 3);
    CHECK(ended.err.starts_with(no_engine));
}

void check_refused(std::vector<std::string> words, const std::string& message) {
    const Ended ended = pivot(std::move(words));
    CHECK(ended.code == 2);
    CHECK(ended.out.empty());
    CHECK(ended.err == message);
}

}  // namespace

TEST_CASE("another tool's name for a command is that command") {
    const Folder folder;
    (void)folder.write("appliance.json", document);
    for (const char* word : {"ps", "ls", "list", "apply", "deploy", "diff"}) {
        check_understood(folder, {word});
    }
    for (const char* word : {"delete", "destroy"}) {
        check_understood(folder, {word, "shop"});
    }
    for (const char* word : {"config", "lint"}) {
        CHECK(folder.pivot({word}).out == "appliance.json is valid: 1 container\n");
    }
    for (const auto& [word, command] : std::vector<std::pair<std::string, std::string>>{
             {"ps", "status"}, {"apply", "up"}, {"delete", "down"}, {"diff", "plan"}}) {
        CHECK(pivot({word, "--help"}).out == pivot({command, "--help"}).out);
        CHECK(pivot({"help", word}).out == pivot({command, "--help"}).out);
    }
}

TEST_CASE("a command that pivot does not have is told of with what does the same") {
    check_refused({"logs", "-f", "web"},
                  "error: no command is called `logs`\n"
                  "hint: `docker logs APPLIANCE.CONTAINER.N` shows what instance N wrote\n");
    check_refused({"help", "build"},
                  "error: no command is called `build`\n"
                  "hint: pivot builds no images: use `docker build -t IMAGE .`\n");
    // docker and compose remove only what has stopped.
    for (const char* word : {"rm", "remove", "uninstall", "undeploy"}) {
        check_refused({word, "shop"},
                      "error: no command is called `" + std::string(word) +
                          "`\n"
                          "hint: `pivot down ID` takes a whole appliance away; its volumes stay\n");
    }
    for (const char* word :
         {"exec",   "run",   "start",    "stop",   "restart", "scale",   "wait",   "stats",
          "events", "graph", "top",      "images", "kill",    "push",    "pull",   "pause",
          "cp",     "get",   "describe", "create", "install", "upgrade", "update", "inspect"}) {
        INFO(word);
        const Ended ended = pivot({word, "--json"});
        CHECK(ended.code == 2);
        CHECK(ended.err.find("\nhint: ") != std::string::npos);
        CHECK(ended.err.find("`pivot --help` lists them") == std::string::npos);
    }
}

TEST_CASE("options that say what pivot does anyway are taken") {
    const Folder folder;
    (void)folder.write("appliance.json", document);
    for (const char* option : {"-d", "--detach", "--wait", "--remove-orphans", "--yes", "-y",
                               "--auto-approve", "--no-build", "--no-color"}) {
        check_understood(folder, {"up", option});
    }
    for (const char* option : {"--remove-orphans", "--yes"}) {
        check_understood(folder, {"down", "shop", option});
    }
    for (const char* option : {"-a", "--all"}) {
        check_understood(folder, {"ps", option});
    }
    check_understood(folder, {"up", "--force-recreate"});
    check_understood(folder, {"up", "--wait-timeout", "5"});
    check_understood(folder, {"up", "-t", "5"});
    check_understood(folder, {"down", "-t", "5", "shop"});
    check_understood(folder, {"down", "shop", "--volumes"});
}

TEST_CASE("a document may stand behind -f, before the command too") {
    const Folder folder;
    (void)folder.write("a.json", document);
    for (const char* command : {"up", "plan", "status", "down"}) {
        check_understood(folder, {command, "-f", "a.json"});
        check_understood(folder, {"-f", "a.json", command});
        check_understood(folder, {command, "--file=a.json"});
    }
    check_understood(folder, {"port", "-f", "a.json", "db", "5432"});
    CHECK(folder.pivot({"validate", "-f", "a.json"}).out == "a.json is valid: 1 container\n");
    CHECK(folder.pivot({"validate", "-f=a.json"}).out == "a.json is valid: 1 container\n");
    check_refused({"up", "-f", "a.json", "-f", "b.json"},
                  "error: one document describes an appliance, and several are given\n"
                  "hint: run `pivot up` for each, or put all of it into one document\n");
    check_refused({"up", "-f", "a.json", "b.json"},
                  "error: one document describes an appliance, and several are given\n"
                  "hint: run `pivot up` for each, or put all of it into one document\n");
    check_refused({"down", "-f", "a.json", "shop"},
                  "error: several appliances are given\n"
                  "hint: name one, by its ID or its document\n");
}

TEST_CASE("JSON may be asked for in other tools' words") {
    const std::string expected = pivot({"validate", "-o", "json", "/missing.json"}).out;
    CHECK(expected.starts_with("{"));
    CHECK(pivot({"validate", "--json", "/missing.json"}).out == expected);
    CHECK(pivot({"validate", "-o=json", "/missing.json"}).out == expected);
    CHECK(pivot({"validate", "-qo=json", "/missing.json"}).out == expected);
    CHECK(pivot({"validate", "--format", "json", "/missing.json"}).out == expected);
}

TEST_CASE("another tool's option that pivot has not is told of with what does the same") {
    check_refused({"up", "--build"},
                  "error: `pivot up` has no option --build\n"
                  "hint: pivot builds no images: run `docker build -t IMAGE .` first\n");
    check_refused({"-p", "shop", "up"},
                  "error: no command has an option -p\n"
                  "hint: an appliance is called what `id` in its document says\n");
    check_refused({"down", "shop", "--rmi", "all"},
                  "error: `pivot down` has no option --rmi\n"
                  "hint: images stay: `docker rmi IMAGE` removes one\n");
}

TEST_CASE("no suggestion means the opposite of what was typed") {
    check_refused({"up", "--no-rerun"},
                  "error: `pivot up` has no option --no-rerun\n"
                  "hint: `pivot up --help` lists them\n");
    check_refused({"down", "shop", "--no-purge"},
                  "error: `pivot down` has no option --no-purge\n"
                  "hint: `pivot down --help` lists them\n");
    check_refused({"plan", "--remove-orphan"},
                  "error: `pivot plan` has no option --remove-orphan\n"
                  "hint: did you mean --remove-orphans?\n");
    check_refused({"plan", "--keep-orphan"},
                  "error: `pivot plan` has no option --keep-orphan\n"
                  "hint: did you mean --keep-orphans?\n");
    check_refused({"up", "--nowait"},
                  "error: `pivot up` has no option --nowait\nhint: did you mean --no-wait?\n");
}

TEST_CASE("two options that contradict each other are an error") {
    check_refused({"up", "--remove-orphans", "--keep-orphans"},
                  "error: --remove-orphans and --keep-orphans contradict each other\n"
                  "hint: leave one of them out\n");
    check_refused({"up", "--wait", "--no-wait"},
                  "error: --wait and --no-wait contradict each other\n"
                  "hint: leave one of them out\n");
}

TEST_CASE("every command shows its calls with -v, which never stands for volumes") {
    CHECK(pivot({"down", "--help"}).out.find("-v, --verbose") != std::string::npos);
}
