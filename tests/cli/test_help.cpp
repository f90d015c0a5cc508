#include <algorithm>
#include <sstream>

#include "catch.hpp"
#include "support/process.hpp"

using support::Ended;
using support::pivot;

namespace {

void check_fits(const std::string& screen, std::size_t rows) {
    std::istringstream lines(screen);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        INFO(line);
        CHECK(line.size() <= 80);
    }
    CHECK(count <= rows);
}

constexpr auto overview =
    R"(pivot deploys several containers, described in one JSON file, to Docker Engine.

Usage: pivot COMMAND [OPTIONS]

  validate [FILE...]        check documents alone, without an engine
  plan [FILE]               show what `up` would do, and why
  up [FILE]                 make the engine match the document, wait until ready
  status [ID]               what runs and where to reach it; without ID, of all
  port ID CONTAINER [PORT]  host:port of a container's endpoints, for scripts
  down ID                   take an appliance away; its volumes stay

Also: config, lint, diff, apply, deploy, ps, ls, list, delete, destroy

  -H, --host URL            the engine's socket (DOCKER_HOST)
  -o, --output text|json    json: exactly one JSON object
      --color WHEN          auto, always or never (NO_COLOR)
  -q, --quiet, -v, --verbose  no progress; each call to the engine
  -h, --help, -V, --version   `pivot up --help` tells all about `up`

Examples:
  pivot up appliance.json
  pivot status spark-livy
  curl "http://$(pivot port spark-livy livy 8998)/version"
)";

}  // namespace

TEST_CASE("the help fits a screen and goes to standard output") {
    const Ended outcome = pivot({"--help"});
    CHECK(outcome.code == 0);
    CHECK(outcome.out == overview);
    CHECK(outcome.err.empty());
    check_fits(outcome.out, 23);
    CHECK(pivot({"-h"}).out == overview);
    CHECK(pivot({"help"}).out == overview);
}

TEST_CASE("pivot alone prints the help as a mistake") {
    const Ended outcome = pivot(std::vector<std::string>{});
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == overview);
}

TEST_CASE("the help of up says what it promises, then its options in groups") {
    const Ended outcome = pivot({"up", "--help"});
    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    CHECK(outcome.out == R"(Usage: pivot up [FILE] [OPTIONS]

Makes the engine match the document and returns when every container is ready.
What is unchanged stays, what changed is replaced, what left the document is
removed. Run it as often as you like: it goes on where the last run ended.

  FILE                        the document (appliance.json); - is standard input

What to do:
      --dry-run               show what would be done and change nothing
      --scale C=N             run N instances of container C; may be repeated
      --pull missing|always|never
                              when to pull images; by default what is missing
      --recreate              replace what is unchanged, too
      --rerun                 run jobs again that succeeded
      --keep-orphans          keep what is no longer in the document

How to wait:
      --timeout D             give up after D, as 90 (s), 1.5s, 5m, 1h30m
      --no-wait               return when all is started, ready or not
      --settle D              how long what starts last must stay up (200ms)
  -t, --stop-timeout D        kill what has not stopped after D

Engine and output:
  -H, --host URL              unix:///var/run/docker.sock (DOCKER_HOST)
  -o, --output text|json      json: exactly one JSON object, for scripts
      --color auto|always|never
                              by default on a terminal (NO_COLOR)
  -q, --quiet                 no progress; errors and warnings stay
  -v, --verbose               show each call to the engine and its time
  -V, --version               show pivot's version
  -h, --help                  show this

Also called: apply, deploy
)");
}

TEST_CASE("the help of down says which volumes stay and which go") {
    const Ended outcome = pivot({"down", "--help"});
    CHECK(outcome.out.starts_with(R"(Usage: pivot down ID [OPTIONS]

Takes an appliance away: its containers, those that others need last, then its
network. Its volumes stay, `global` ones always. Needs no document.

  ID                          the appliance, or the path of its document

What to do:
      --purge                 remove its own volumes, too: their data is lost
      --if-exists             exit with 0 when there is no such appliance
)"));
}

TEST_CASE("the help of every command is no wider than a screen") {
    for (const char* command : {"validate", "plan", "up", "status", "port", "down"}) {
        const Ended outcome = pivot({command, "--help"});
        CHECK(outcome.code == 0);
        CHECK(outcome.out.starts_with(std::string("Usage: pivot ") + command));
        check_fits(outcome.out, 40);
        CHECK(pivot({"help", command}).out == outcome.out);
        CHECK(pivot({"--help", command}).out == outcome.out);
        CHECK(pivot({"help", "-q", command}).out == outcome.out);
    }
}

TEST_CASE("the version is one line") {
    CHECK(pivot({"--version"}).out == "pivot 0.1.0\n");
    CHECK(pivot({"up", "--version"}).out == "pivot 0.1.0\n");
    CHECK(pivot({"version"}).out == "pivot 0.1.0\n");
    CHECK(pivot({"-V"}).out == "pivot 0.1.0\n");
    CHECK(pivot({"up", "-V"}).out == "pivot 0.1.0\n");
}
