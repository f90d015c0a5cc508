#include "catch.hpp"
#include "support/process.hpp"

using support::Ended;
using support::pivot;

namespace {

void check_usage_error(std::vector<std::string> arguments, const std::string& message) {
    const Ended outcome = pivot(std::move(arguments));
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == message);
}

}  // namespace

TEST_CASE("a misspelt command says which one was meant") {
    check_usage_error({"statsu"},
                      "error: no command is called `statsu`\nhint: did you mean `pivot status`?\n");
    check_usage_error(
        {"frobnicate"},
        "error: no command is called `frobnicate`\nhint: `pivot --help` lists them\n");
    check_usage_error({"-q"}, "error: no command is given\nhint: `pivot --help` lists them\n");
}

TEST_CASE("a misspelt option says which one was meant") {
    check_usage_error({"up", "--tiemout", "5"},
                      "error: `pivot up` has no option --tiemout\nhint: did you mean --timeout?\n");
    check_usage_error({"up", "--tiemout=5"},
                      "error: `pivot up` has no option --tiemout\nhint: did you mean --timeout?\n");
    check_usage_error({"--quite", "status"},
                      "error: `pivot status` has no option --quite\nhint: did you mean --quiet?\n");
    check_usage_error(
        {"status", "--dry-run"},
        "error: `pivot status` has no option --dry-run\nhint: `pivot status --help` lists them\n");
}

TEST_CASE("an option without its value, and one with a wrong value, say so") {
    check_usage_error(
        {"up", "--timeout"},
        "error: --timeout needs a value\nhint: `pivot up --help` tells how to use it\n");
    check_usage_error({"up", "--timeout", "soon"},
                      "error: --timeout takes a time, not `soon`\nhint: write 90 (seconds), 1.5s, "
                      "200ms, 5m or 1h30m\n");
    check_usage_error(
        {"up", "--timeout", "0"},
        "error: --timeout must be more than 0\nhint: leave it out to wait as long as it takes\n");
    check_usage_error(
        {"up", "--pull", "sometimes"},
        "error: --pull cannot be `sometimes`\nhint: it is one of missing, always, never\n");
    check_usage_error({"status", "-o", "yaml"},
                      "error: --output cannot be `yaml`\nhint: it is one of text, json\n");
    check_usage_error({"up", "--scale", "web"},
                      "error: --scale takes a container and a number, not `web`\nhint: write "
                      "--scale spark-worker=3\n");
}

TEST_CASE("times are written with or without units, the larger first") {
    for (const char* good : {"90", "1.5", "1.5s", "200ms", "5m", "1h30m", "1h2m3s4ms"}) {
        INFO(good);
        // The missing document is the next thing that is wrong.
        CHECK(pivot({"up", "--timeout", good, "/missing/appliance.json"})
                  .err.starts_with("error: cannot read "));
    }
    for (const char* bad :
         {"-1", "5x", "s", "1h30", "30m1h", "1s1s", " 5", "5 ", "nan", "inf", "1e3", "9999999h"}) {
        INFO(bad);
        const Ended outcome =
            pivot({"up", std::string("--settle=") + bad, "/missing/appliance.json"});
        CHECK(outcome.err.starts_with("error: --settle takes a time"));
    }
}

TEST_CASE("an option or an argument with nothing in it is not taken for one that is left out") {
    check_usage_error({"up", "--timeout=", "appliance.json"},
                      "error: --timeout is empty\nhint: the usage is: pivot up [FILE]\n");
    check_usage_error({"up", "--timeout", "", "appliance.json"},
                      "error: --timeout is empty\nhint: the usage is: pivot up [FILE]\n");
    check_usage_error({"status", ""},
                      "error: ID is empty\nhint: the usage is: pivot status [ID]\n");
}

TEST_CASE("a command that needs an argument says how it is used") {
    check_usage_error({"down"},
                      "error: `pivot down` needs an ID\nhint: the usage is: pivot down ID\n");
    check_usage_error({"port"},
                      "error: `pivot port` needs an ID and a container\n"
                      "hint: the usage is: pivot port ID CONTAINER [PORT]\n");
    check_usage_error({"port", "shop"},
                      "error: `pivot port` needs a container\n"
                      "hint: the usage is: pivot port ID CONTAINER [PORT]\n");
    check_usage_error({"port", "shop", "web", "80/ftp"},
                      "error: `80/ftp` is no port\nhint: write 8998, 53/udp, or a port's name\n");
    check_usage_error(
        {"status", "shop", "web"},
        "error: `web` is one argument too many\nhint: the usage is: pivot status [ID]\n");
}

TEST_CASE("what is neither an ID nor a file is said to be neither") {
    check_usage_error(
        {"status",
         "sp\x1b"
         "ark"},
        "error: `sp\\x1bark` is neither an appliance's ID nor a file\n"
        "hint: an ID has letters, digits and `-`; `pivot status` lists those that are there\n");
}

TEST_CASE("options may stand before the command and behind it, and the last one counts") {
    const std::string expected = pivot({"validate", "-o", "json", "/missing.json"}).out;
    CHECK(expected.starts_with("{"));
    CHECK(pivot({"-o", "json", "validate", "/missing.json"}).out == expected);
    CHECK(pivot({"-o", "yaml", "validate", "/missing.json", "--output=json"}).out == expected);
}

TEST_CASE("an appliance may be called like a command") {
    const Ended outcome = pivot({"-H", "unix:///nowhere/docker.sock", "status", "status"});
    CHECK(outcome.code == 3);
}

TEST_CASE("letters of options may stand together before the command too") {
    const std::string expected = "error: no Docker Engine at unix:///nowhere.sock: no such file";
    CHECK(pivot({"-qH", "unix:///nowhere.sock", "status"}).err.starts_with(expected));
    CHECK(pivot({"-qHunix:///nowhere.sock", "status"}).err.starts_with(expected));
}

TEST_CASE("an option that no command has is told of where it stands before the command") {
    check_usage_error({"--tiemout", "5s", "up", "a.json"},
                      "error: no command has an option --tiemout\n"
                      "hint: did you mean --timeout?\n");
    check_usage_error({"-q", "--nonsense", "5s", "up"},
                      "error: no command has an option --nonsense\n"
                      "hint: `pivot COMMAND --help` lists those of a command\n");
    check_usage_error(
        {"-q", "frobnicate"},
        "error: no command is called `frobnicate`\nhint: `pivot --help` lists them\n");
}

TEST_CASE("behind -- nothing is an option") {
    const std::string nowhere = "unix:///nowhere/docker.sock";
    CHECK(pivot({"-H", nowhere, "status", "--", "shop"}).code == 3);
    CHECK(pivot({"-H", nowhere, "--", "status", "shop"}).code == 3);
    CHECK(pivot({"-H", nowhere, "status", "shop", "--"}).code == 3);
    CHECK(pivot({"validate", "--", "--help"}).err.starts_with("error: cannot read `--help`"));
    check_usage_error(
        {"status", "--", "shop", "-x"},
        "error: `-x` is one argument too many\nhint: the usage is: pivot status [ID]\n");
    check_usage_error(
        {"status", "-x", "--"},
        "error: `pivot status` has no option -x\nhint: `pivot status --help` lists them\n");
    check_usage_error({"--"}, "error: no command is given\nhint: `pivot --help` lists them\n");
}

TEST_CASE("a wrong usage is told in colour, or without, as --color says") {
    const std::string in_colour =
        "\x1b[1;31merror\x1b[0m: no command is called `frobnicate`\n"
        "\x1b[1;36mhint\x1b[0m: `pivot --help` lists them\n";
    check_usage_error({"--color", "always", "frobnicate"}, in_colour);
    check_usage_error({"frobnicate", "--color=always"}, in_colour);
    check_usage_error(
        {"--color=always", "frobnicate", "--color", "never"},
        "error: no command is called `frobnicate`\nhint: `pivot --help` lists them\n");
    CHECK(pivot({"up", "--timeout", "soon", "--color", "always"}).err.starts_with("\x1b["));
}

TEST_CASE("a port's name may begin with a digit, as 9p does") {
    CHECK(pivot({"port", "shop", "web", "9p", "-H", "unix:///nowhere.sock"}).code == 3);
    CHECK(pivot({"port", "shop", "web", "53/udp", "-H", "unix:///nowhere.sock"}).code == 3);
    for (const char* bad : {"0", "65536", "80/ftp", "80/"}) {
        INFO(bad);
        CHECK(pivot({"port", "shop", "web", bad, "-H", "unix:///nowhere.sock"}).code == 2);
    }
}
