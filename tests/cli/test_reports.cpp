// `-o json` prints exactly one object, whatever happens.

#include <fmt/format.h>

#include "catch.hpp"
#include "cli/folder.hpp"

using support::Ended;
using support::pivot;

namespace {

std::string wrong_usage(const std::string& message, const std::string& hint) {
    return fmt::format(R"({{
  "schema": 1,
  "pivot": "0.1.0",
  "exit_code": 2,
  "errors": [
    {{
      "code": "wrong-usage",
      "message": "{}",
      "hint": "{}"
    }}
  ]
}}
)",
                       message, hint);
}

constexpr auto document = R"({ "id": "shop", "containers": [
    { "id": "web", "image": "nginx", "ports": [ { "container_port": 80, "host_port": 80 } ] } ] }
)";

}  // namespace

TEST_CASE("as JSON a wrong usage is an object too, however JSON is asked for") {
    const std::string expected =
        wrong_usage("no command is called `frobnicate`", "`pivot --help` lists them");
    for (const std::vector<std::string>& words : {std::vector<std::string>{"-o", "json"},
                                                  {"-ojson"},
                                                  {"-o=json"},
                                                  {"-qojson"},
                                                  {"-qo", "json"},
                                                  {"--output", "json"},
                                                  {"--output=json"},
                                                  {"--format=json"},
                                                  {"-o", "text", "-o", "json"},
                                                  {"--json"}}) {
        std::vector<std::string> arguments = words;
        arguments.emplace_back("frobnicate");
        const Ended ended = pivot(arguments);
        CHECK(ended.code == 2);
        CHECK(ended.out == expected);
        CHECK(ended.err ==
              "error: no command is called `frobnicate`\nhint: `pivot --help` lists them\n");
    }
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"frobnicate", "-o", "text"},
          {"frobnicate", "-o", "json", "-o", "text"},
          {"frobnicate", "--", "--json"},
          {"frobnicate", "--host", "-ojson"}}) {
        CHECK(pivot(words).out.empty());
    }
}

TEST_CASE("as JSON every mistake on the command line is an object") {
    CHECK(pivot({"up", "--timeout", "soon", "--json"}).out ==
          wrong_usage("--timeout takes a time, not `soon`",
                      "write 90 (seconds), 1.5s, 200ms, 5m or 1h30m"));
    CHECK(pivot({"up", "--json", "--timeout"}).out ==
          wrong_usage("--timeout needs a value", "`pivot up --help` tells how to use it"));
    CHECK(pivot({"--json"}).out == wrong_usage("no command is given", "`pivot --help` lists them"));
    CHECK(pivot({"--json", "down", "sp/\"ark"}).out.find("\"document-unreadable\"") !=
          std::string::npos);
    CHECK(pivot({"--json", "down", "sp_ark"}).out ==
          wrong_usage("`sp_ark` is neither an appliance's ID nor a file",
                      "an ID has letters, digits and `-`; `pivot status` lists those that are "
                      "there"));
}

TEST_CASE("as JSON a number of instances that breaks a rule has its place in the document") {
    const Folder folder;
    (void)folder.write("a.json", document);
    for (const char* command : {"up", "plan"}) {
        const Ended ended = folder.pivot({command, "a.json", "--scale", "web=2", "-o", "json"});
        CHECK(ended.code == 2);
        CHECK(ended.out == R"({
  "schema": 1,
  "pivot": "0.1.0",
  "exit_code": 2,
  "errors": [
    {
      "code": "wrong-usage",
      "message": "--scale: 2 instances cannot share host port 80/tcp",
      "hint": "leave out `host_port` and the engine picks one for each",
      "file": "a.json",
      "line": 2,
      "column": 86,
      "end_line": 2,
      "end_column": 88
    }
  ]
}
)");
    }
}

TEST_CASE("as JSON help and version are objects") {
    CHECK(pivot({"version", "--json"}).out ==
          "{\n  \"schema\": 1,\n  \"pivot\": \"0.1.0\",\n  \"exit_code\": 0\n}\n");
    CHECK(pivot({"up", "--version", "-o", "json"}).out == pivot({"version", "--json"}).out);
    CHECK(pivot({"port", "--help", "-o", "json"})
              .out.starts_with("{\n  \"schema\": 1,\n  \"pivot\": \"0.1.0\",\n  \"exit_code\": "
                               "0,\n  \"help\": \"Usage: pivot port ID CONTAINER [PORT] "));
}

TEST_CASE("as JSON a document that is missing is an object for every command that reads one") {
    const Folder folder;
    for (const char* command : {"up", "plan", "status", "down"}) {
        const Ended ended = folder.pivot({command, "/nowhere/a.json", "--json"});
        CHECK(ended.code == 2);
        CHECK(ended.out == R"({
  "schema": 1,
  "pivot": "0.1.0",
  "exit_code": 2,
  "errors": [
    {
      "code": "document-unreadable",
      "message": "cannot read `/nowhere/a.json`: no such file",
      "hint": "give the path of the document, or `-` for standard input",
      "file": "/nowhere/a.json"
    }
  ]
}
)");
    }
}
