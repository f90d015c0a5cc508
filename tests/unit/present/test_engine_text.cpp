#include "catch.hpp"
#include "present/engine_text.hpp"
#include "present/message.hpp"

using engine::Unreachable;
using present::explain;

namespace {

const std::string address = "unix:///var/run/docker.sock";

std::string text(const engine::Error& error) { return present::to_text(explain(error), {}); }

}  // namespace

TEST_CASE("no socket, no permission and nobody listening each have their own message and advice") {
    CHECK(text(Unreachable{Unreachable::Why::no_socket, address, ""}) ==
          "error: no Docker Engine at unix:///var/run/docker.sock: no such file\n"
          "hint: start it with `systemctl start docker`, or say where it is with --host or "
          "DOCKER_HOST\n");
    CHECK(
        text(Unreachable{Unreachable::Why::permission_denied, address, ""}) ==
        "error: no permission to use unix:///var/run/docker.sock\n"
        "hint: use sudo, or join the group: `sudo usermod -aG docker $USER`, then log in again\n");
    CHECK(text(Unreachable{Unreachable::Why::refused, address, ""}) ==
          "error: no Docker Engine listens at unix:///var/run/docker.sock: connection refused\n"
          "hint: start it with `systemctl start docker`, or say where it is with --host or "
          "DOCKER_HOST\n");
    CHECK(text(Unreachable{Unreachable::Why::timed_out, address, ""}) ==
          "error: the Docker Engine at unix:///var/run/docker.sock does not answer\n"
          "hint: `systemctl status docker` tells how it is, `systemctl restart docker` starts it "
          "anew\n");
}

TEST_CASE("a remote address is told how to bring its socket here, a bad path how to write one") {
    CHECK(
        text(Unreachable{Unreachable::Why::unusable_address, "tcp://build:2375",
                         "only unix:// is supported"}) ==
        "error: the engine's address `tcp://build:2375` cannot be used: only unix:// is supported\n"
        "hint: bring a remote socket here with `ssh -NL /tmp/docker.sock:/var/run/docker.sock "
        "HOST`, then use --host "
        "unix:///tmp/docker.sock\n");
    CHECK(text(Unreachable{Unreachable::Why::unusable_address, "docker.sock",
                           "the path is relative"}) ==
          "error: the engine's address `docker.sock` cannot be used: the path is relative\n"
          "hint: give the path of a socket, as in --host unix:///var/run/docker.sock\n");
}

TEST_CASE("an engine that speaks another API is told with both ranges") {
    CHECK(text(engine::VersionMismatch{address, "1.12", "1.30", "1.41", "1.51"}) ==
          "error: the engine at unix:///var/run/docker.sock speaks API 1.12 to 1.30, pivot speaks "
          "1.41 to 1.51\n"
          "hint: bring the older of the two up to date: Docker Engine 20.10 or newer, or pivot\n");
}

TEST_CASE("an engine whose oldest API is newer than pivot's newest is not the one to change") {
    CHECK(text(engine::VersionMismatch{address, "1.52", "", "1.41", "1.51"}) ==
          "error: the engine at unix:///var/run/docker.sock speaks API 1.52 and newer, pivot up to "
          "1.51\n"
          "hint: bring pivot up to date\n");
    CHECK(
        text(engine::VersionMismatch{address, "", "", "1.41", "1.51"}) ==
        "error: the engine at unix:///var/run/docker.sock does not say which API it speaks; pivot "
        "speaks 1.41 to 1.51\n"
        "hint: say where the engine is with --host or DOCKER_HOST\n");
}

TEST_CASE("where nothing answers, the sockets that are there are named") {
    Unreachable error{Unreachable::Why::no_socket, address, "", {"/run/user/7/docker.sock"}};
    CHECK(text(error) ==
          "error: no Docker Engine at unix:///var/run/docker.sock: no such file\n"
          "hint: start it with `systemctl start docker`, or use `--host "
          "unix:///run/user/7/docker.sock`, which is there\n");
    error.others.emplace_back("/home/x/.docker/run/docker.sock");
    CHECK(text(error) ==
          "error: no Docker Engine at unix:///var/run/docker.sock: no such file\n"
          "hint: start it with `systemctl start docker`, or use `--host "
          "unix:///run/user/7/docker.sock` or `--host unix:///home/x/.docker/run/docker.sock`, "
          "which are there\n");
}

TEST_CASE("what is no Docker Engine, and a connection that breaks, name the call") {
    CHECK(text(engine::Malformed{"GET /_ping", "no Api-Version"}) ==
          "error: the reply to `GET /_ping` is not that of a Docker Engine: no Api-Version\n"
          "hint: perhaps another program listens there; say where the engine is with --host or "
          "DOCKER_HOST\n");
    CHECK(text(engine::Broken{"GET /version", "connection reset"}) ==
          "error: the engine did not finish `GET /version`: connection reset\n"
          "hint: `systemctl status docker` tells how it is; then run the same command again\n");
}

TEST_CASE("what the engine says reaches no terminal raw") {
    CHECK(text(engine::Refused{500, "boom\x1b[2J"}) == "error: the engine refuses: boom\\x1b[2J\n");
    CHECK(text(engine::Refused{500, ""}) ==
          "error: the engine refuses: status 500 without a word\n");
}
