#include "catch.hpp"
#include "cli/folder.hpp"

using support::Ended;
using support::pivot;

namespace {

constexpr auto good = R"({
    "id": "shop",
    "containers": [
        { "id": "db", "image": "postgres:16" },
        { "id": "web", "image": "nginx", "args": ["@db:5432"], "dependencies": ["db"] }
    ]
}
)";

constexpr auto comma = R"({
    "id": "shop",
    "containers": [
        { "id": "db", "image": "postgres:16" }
        { "id": "web", "image": "nginx" }
    ]
}
)";

constexpr auto comma_message = R"(error: a comma is missing here
  --> a.json:4:47
  |
4 |         { "id": "db", "image": "postgres:16" }
  |                                               ^
5 |         { "id": "web", "image": "nginx" }
hint: put `,` between the two entries of `containers`

1 error in a.json; nothing was changed
)";

constexpr auto comma_report = R"({
  "schema": 1,
  "pivot": "0.1.0",
  "exit_code": 2,
  "errors": [
    {
      "code": "document-invalid",
      "message": "a comma is missing here",
      "hint": "put `,` between the two entries of `containers`",
      "file": "a.json",
      "line": 4,
      "column": 47,
      "end_line": 4,
      "end_column": 47
    }
  ]
}
)";

constexpr auto wrong = R"({
    "id": "shop",
    "containers": [
        { "id": "db", "image": "postgres:16", "instnces": 2 },
        { "id": "web", "image": "nginx", "args": ["@dv:5432"] }
    ]
}
)";

void check(const Ended& ended, int code, const std::string& out, const std::string& err) {
    CHECK(ended.code == code);
    CHECK(ended.out == out);
    CHECK(ended.err == err);
}

}  // namespace

TEST_CASE("a good document is valid and says how many containers it has") {
    const Folder folder;
    const std::string file = folder.write("appliance.json", good);
    check(folder.pivot({"validate", "appliance.json"}), 0,
          "appliance.json is valid: 2 containers\n", "");
    check(folder.pivot({"validate"}), 0, "appliance.json is valid: 2 containers\n", "");
    check(pivot({"validate", file}), 0, file + " is valid: 2 containers\n", "");
}

TEST_CASE("a file's name comes to the terminal without its escapes") {
    const Folder folder;
    (void)folder.write("\x1b[31ma.json", good);
    check(folder.pivot({"validate", "\x1b[31ma.json"}), 0,
          "\\x1b[31ma.json is valid: 2 containers\n", "");
}

TEST_CASE("a document may come from standard input") {
    check(pivot({"validate", "-"}, good), 0, "<stdin> is valid: 2 containers\n", "");
    const Ended ended = pivot({"validate", "-"}, comma);
    CHECK(ended.code == 2);
    CHECK(ended.err.starts_with("error: a comma is missing here\n  --> <stdin>:4:47\n"));
}

TEST_CASE("a missing comma is shown at its place") {
    const Folder folder;
    const std::string file = folder.write("a.json", comma);
    check(folder.pivot({"validate", "a.json"}), 2, "", comma_message);
}

TEST_CASE("every mistake is told, then their number") {
    const Folder folder;
    const std::string file = folder.write("a.json", wrong);
    check(folder.pivot({"validate", "a.json"}), 2, "", R"(error: unknown key `instnces`
  --> a.json:4:47
  |
4 |         { "id": "db", "image": "postgres:16", "instnces": 2 },
  |                                               ^^^^^^^^^^
hint: did you mean `instances`?

error: no container is called `dv`
  --> a.json:5:52
  |
5 |         { "id": "web", "image": "nginx", "args": ["@dv:5432"] }
  |                                                    ^^^
hint: did you mean `@db`? A literal @ is written `\\@` in JSON

2 errors in a.json; nothing was changed
)");
}

TEST_CASE("an up or plan of an invalid document tells the same and needs no engine") {
    const Folder folder;
    const std::string file = folder.write("a.json", comma);
    for (const char* command : {"up", "plan"}) {
        check(folder.pivot({command, "a.json", "-H", "unix:///nowhere.sock"}), 2, "",
              comma_message);
        check(folder.pivot({command, "a.json", "-H", "unix:///nowhere.sock", "-o", "json"}), 2,
              comma_report, comma_message);
    }
    check(folder.pivot({"status", "a.json", "-H", "unix:///nowhere.sock"}), 2, "", comma_message);
}

TEST_CASE("a warning does not make a document invalid") {
    const Folder folder;
    std::string noted = good;
    noted.insert(noted.find("\"containers\""), "\"scheduler\": {\"name\": \"x\"},\n    ");
    const std::string file = folder.write("a.json", noted);
    const Ended ended = folder.pivot({"validate", "a.json"});
    CHECK(ended.code == 0);
    CHECK(ended.out == "a.json is valid: 2 containers\n");
    CHECK(ended.err.starts_with(
        "note: `scheduler` has no meaning on one engine\n  --> a.json:3:18\n"));
}

TEST_CASE("the founding appliance is valid") {
    const Ended ended = pivot({"validate", PIVOT_SOURCE_DIR "/appliances/spark-livy.json"});
    check(ended, 0, PIVOT_SOURCE_DIR "/appliances/spark-livy.json is valid: 3 containers\n", "");
}

TEST_CASE("a number of instances on the command line keeps to the document's rules") {
    const Folder folder;
    const std::string file = folder.write("a.json", R"({
    "id": "shop",
    "containers": [
        { "id": "web", "image": "nginx", "ports": [ { "container_port": 80, "host_port": 8080 } ] },
        { "id": "worker", "image": "worker" }
    ]
}
)");
    const auto scale = [&](const std::string& what) {
        return folder.pivot({"plan", "a.json", "--scale", what, "-H", "unix:///nowhere.sock"});
    };
    check(scale("wroker=2"), 2, "",
          "error: --scale: no container is called `wroker`\nhint: did you mean `worker`?\n");
    check(scale("web=2"), 2, "",
          "error: --scale: 2 instances cannot share host port 8080/tcp\n"
          "  --> a.json:4:90\n"
          "hint: leave out `host_port` and the engine picks one for each\n");
    check(scale("worker=1001"), 2, "",
          "error: --scale: 1001 instances of `worker` are too many\nhint: the most is 1000\n");
    CHECK(scale("worker=0").code ==
          3);  // it was fine; the engine is the next thing that is missing
    CHECK(scale("web=1").code == 3);
}

TEST_CASE("what `instances` may not say in the document --scale may not say either") {
    const Folder folder;
    const std::string file = folder.write("a.json", R"({
    "id": "shop",
    "containers": [
        { "id": "w", "image": "w", "instances": 2, "ports": [ { "container_port": 80 } ] },
        { "id": "w-3", "image": "w", "args": [ "@w-2" ], "ports": [ { "container_port": 80, "host_port": 80 } ] },
        { "id": "old", "image": "w", "instances": 0, "ports": [ { "container_port": 80, "host_port": 80 } ] },
        { "id": "net", "image": "w", "network_mode": "host", "ports": [ { "container_port": 81 } ] }
    ]
}
)");
    const auto scale = [&](const std::string& what) {
        return folder.pivot({"plan", "a.json", "--scale", what, "-H", "unix:///nowhere.sock"});
    };
    CHECK(scale("w=2").code == 3);  // the engine is the next thing that is missing
    check(scale("w=3"), 2, "",
          "error: --scale: `w-3` is also the name of instance 3 of `w`\n"
          "  --> a.json:5:17\n"
          "hint: rename one of the two containers\n");
    check(scale("w=1"), 2, "",
          "error: --scale: `w` has 1 instance, so no `w-2`\n"
          "  --> a.json:5:49\n"
          "hint: raise its `instances`, or write `@w` for any of them\n");
    check(
        scale("old=1"), 2, "",
        "error: --scale: host port 80/tcp is given to `w-3` already\n"
        "  --> a.json:6:102\n"
        "hint: line 5 has it: choose another, or leave out `host_port` and the engine picks one\n");
    check(scale("net=2"), 2, "",
          "error: --scale: 2 instances cannot share 81/tcp of the host network\n"
          "  --> a.json:7:73\n"
          "hint: write one instance, or `\"network_mode\": \"container\"`\n");
}
