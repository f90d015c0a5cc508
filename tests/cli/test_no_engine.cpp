#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "catch.hpp"
#include "cli/folder.hpp"
#include "cli/socket.hpp"

using support::Ended;
using support::pivot;

namespace {

constexpr auto start_it =
    "hint: start it with `systemctl start docker`, or say where it is with --host or DOCKER_HOST\n";

void check_no_engine(const Ended& outcome, const std::string& message) {
    CHECK(outcome.code == 3);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == message);
}

std::string host(const Folder& folder) { return "unix://" + folder.path("docker.sock"); }

}  // namespace

TEST_CASE("no socket says that there is no engine and how to start it") {
    const Folder folder;
    check_no_engine(
        pivot({"status", "-H", host(folder)}),
        fmt::format("error: no Docker Engine at {}: no such file\n{}", host(folder), start_it));
}

TEST_CASE("DOCKER_HOST says where the engine is, and --host wins over it") {
    const Folder folder;
    const std::string message =
        fmt::format("error: no Docker Engine at {}: no such file\n{}", host(folder), start_it);
    check_no_engine(
        support::run({{PIVOT_BINARY, "status"}, "", {{"DOCKER_HOST", host(folder)}}, ""}), message);
    check_no_engine(support::run({{PIVOT_BINARY, "status", "--host", host(folder)},
                                  "",
                                  {{"DOCKER_HOST", "unix:///elsewhere.sock"}},
                                  ""}),
                    message);
}

TEST_CASE("where the default socket is missing, those that are there are named and not taken") {
    if (::access("/var/run/docker.sock", F_OK) == 0) {
        WARN("skipped: this machine has an engine");
        return;
    }
    const Folder folder;
    const std::string path = folder.path("docker.sock");
    const Socket rootless(path, Socket::Listening::yes);
    const Ended outcome =
        support::run({{PIVOT_BINARY, "status"},
                      "",
                      {{"DOCKER_HOST", ""},
                       {"XDG_RUNTIME_DIR", std::filesystem::path(path).parent_path().string()},
                       {"HOME", "/nowhere"}},
                      ""});
    CHECK(outcome.code == 3);
    CHECK(outcome.err.starts_with(
        fmt::format("error: no Docker Engine at unix:///var/run/docker.sock: no such file\n"
                    "hint: start it with `systemctl start docker`, or use `--host unix://{}`",
                    path)));
}

TEST_CASE("a socket where nobody listens refuses the connection") {
    const Folder folder;
    const Socket socket(folder.path("docker.sock"), Socket::Listening::no);
    check_no_engine(pivot({"status", "-H", host(folder)}),
                    fmt::format("error: no Docker Engine listens at {}: connection refused\n{}",
                                host(folder), start_it));
}

TEST_CASE("a socket that this user may not use says how to get the right") {
    if (::geteuid() != 0) {
        WARN("skipped: only root can run pivot as a user without the right");
        return;
    }
    const Folder folder;
    const Socket socket(folder.path("docker.sock"), Socket::Listening::yes);
    ::chmod(folder.path("docker.sock").c_str(), 0600);
    check_no_engine(
        folder.pivot_as_nobody({"status", "-H", host(folder)}),
        fmt::format("error: no permission to use {}\nhint: use sudo, or join the group: "
                    "`sudo usermod -aG docker $USER`, then log in again\n",
                    host(folder)));
}

TEST_CASE("an address that is no Unix socket says how to bring the socket here") {
    const Ended outcome = pivot({"status", "-H", "tcp://127.0.0.1:2375"});
    CHECK(outcome.code == 3);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.starts_with(
        "error: the engine's address `tcp://127.0.0.1:2375` cannot be used: "));
    CHECK(outcome.err.ends_with(
        "hint: bring a remote socket here with `ssh -NL /tmp/docker.sock:/var/run/docker.sock "
        "HOST`, then use --host unix:///tmp/docker.sock\n"));
}

TEST_CASE("what answers and is no engine is said to be none") {
    const Folder folder;
    const std::string page = "<html>it works</html>";
    const Socket socket(
        folder.path("docker.sock"), Socket::Listening::yes,
        fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", page.size(), page));
    const Ended outcome = pivot({"status", "-H", host(folder)});
    CHECK(outcome.code == 3);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find("is not that of a Docker Engine: ") != std::string::npos);
    CHECK(
        outcome.err.ends_with("hint: perhaps another program listens there; say where the engine "
                              "is with --host or DOCKER_HOST\n"));
}

TEST_CASE("what closes the connection without a word is told to have done so") {
    const Folder folder;
    const Socket socket(folder.path("docker.sock"), Socket::Listening::yes);
    const Ended outcome = pivot({"status", "-H", host(folder)});
    CHECK(outcome.code == 3);
    CHECK(outcome.err.starts_with("error: the engine did not finish `GET /_ping`: "));
}

TEST_CASE("every command that needs the engine says the same when there is none") {
    const Folder folder;
    const std::string document =
        folder.write("a.json", R"({"id": "a", "containers": [{"id": "b", "image": "c"}]})");
    const std::string message =
        fmt::format("error: no Docker Engine at {}: no such file\n{}", host(folder), start_it);
    for (const std::vector<std::string>& command : {std::vector<std::string>{"up", document},
                                                    {"up", "--dry-run", document},
                                                    {"plan", document},
                                                    {"status", "a"},
                                                    {"status", document},
                                                    {"port", "a", "b"},
                                                    {"down", "a"}}) {
        std::vector<std::string> arguments = command;
        arguments.insert(arguments.end(), {"-H", host(folder)});
        check_no_engine(pivot(arguments), message);
        arguments.emplace_back("--json");
        const Ended as_json = pivot(arguments);
        CHECK(as_json.code == 3);
        CHECK(as_json.err == message);
        CHECK(as_json.out == fmt::format(R"({{
  "schema": 1,
  "pivot": "0.1.0",
  "exit_code": 3,
  "errors": [
    {{
      "code": "engine-unreachable",
      "message": "no Docker Engine at {}: no such file",
      "hint": "{}"
    }}
  ]
}}
)",
                                         host(folder),
                                         std::string_view(start_it).substr(
                                             6, std::string_view(start_it).size() - 7)));
    }
}
