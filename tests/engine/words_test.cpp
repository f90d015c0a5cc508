// What people read about what went wrong, where the engine's own words would leave them alone.

#include "catch.hpp"
#include "support/engine.hpp"

using namespace support;

namespace {

const std::string general_hint =
    "hint: what runs was left running; run `pivot up` again once it is mended, or `pivot down ";

}  // namespace

TEST_CASE("a log line without an end is cut, and it is said how much is left out") {
    const Deployed shop("endless");
    Json endless = container("a", "head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end; exit 3");
    endless["restart"] = "no";
    const Ended up = shop.up({{"containers", {endless}}}, {"--settle", "10s"});
    CHECK(up.code == 1);
    CHECK(up.err == "started a.1 (" + up.err.substr(13, up.err.find(" s)") - 13) +
                        " s)\n"
                        "error: `a` exited with code 3\n"
                        "  --> <stdin>:3:5\n"
                        "  last lines of its log:\n"
                        "  | …\n"
                        "  | end\n" +
                        general_hint + "endless`\n");
}

TEST_CASE("a script whose interpreter is not there is told so, in up and not only in the log") {
    const Deployed shop("crlf");
    Json files = job("files",
                     "printf '#!/bin/sh\\r\\necho hi\\n' >/data/entry.sh; "
                     "chmod +x /data/entry.sh");
    files["volumes"] = Json::array({data_mount()});
    Json web = {{"id", "web"},
                {"image", "pivot-test"},
                {"entrypoint", {"/data/entry.sh"}},
                {"restart", "no"},
                {"volumes", Json::array({data_mount()})},
                {"dependencies", {"files"}}};
    const Ended up = shop.up({{"data_persistence", data_volume()}, {"containers", {files, web}}},
                             {"--settle", "10s"});
    CHECK(up.code == 1);
    const std::string error = up.err.substr(up.err.find("error: "));
    const std::string place =
        error.substr(error.find("  --> "), error.find("  last") - error.find("  --> "));
    CHECK(error ==
          "error: `web` exited with code 1: its program, or the interpreter that its first line "
          "names, is not in the image\n" +
              place +
              "  last lines of its log:\n"
              "  | exec /data/entry.sh: no such file or directory\n"
              "hint: look at the script's first line: with Windows line ends (CRLF) it names no "
              "program\n");
}

TEST_CASE("an engine whose kernel has no sctp is told of in plain words, in up and in status") {
    const Deployed shop("sctp");
    Json web = container("web");
    web["ports"] = Json::array({{{"container_port", 54}, {"protocol", "sctp"}}});
    const Ended up = shop.up({{"containers", {web}}});
    if (up.code == 0) {
        WARN("skipped: this kernel has sctp");
        return;
    }
    const std::string meaning =
        "the kernel of the engine's machine does not support the protocol of a port (sctp)";
    CHECK(up.err.find("error: `web` could not be started: " + meaning + "\n") != std::string::npos);
    CHECK(up.err.find("hint: load it there with `modprobe sctp`, or leave the port out\n") !=
          std::string::npos);
    CHECK(pivot({"status", "sctp"}).out ==
          "CONTAINER  STATE   INSTANCES  ENDPOINTS  REASON\n"
          "web        failed  0/1                   " +
              meaning + "\n");
}

TEST_CASE("each container that failed names what it kept from starting, and nothing else") {
    const Deployed shop("blame");
    Json containers = Json::array();
    for (const std::string needed : {"db", "queue"}) {
        containers.push_back({{"id", needed}, {"image", "pivot-test"}, {"args", {"/nowhere"}}});
        containers.push_back(container("needs-" + needed));
        containers.back()["dependencies"] = {needed};
    }
    const Ended up = shop.up({{"containers", containers}});
    INFO(up.err);
    CHECK(up.code == 1);
    int failed = 0;
    for (const std::string needed : {"db", "queue"}) {
        const std::size_t begin = up.err.find("error: `" + needed + "` could not be started: ");
        if (begin == std::string::npos) {
            continue;  // the first that fails ends the up
        }
        ++failed;
        const std::string told = up.err.substr(begin, up.err.find("hint: ", begin) - begin);
        CHECK(told.ends_with("\n  not started because of it: `needs-" + needed + "`\n"));
    }
    CHECK(failed > 0);
}
