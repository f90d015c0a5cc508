#include "diagnostics/wrap.hpp"

#include "catch.hpp"

using diagnostics::wrap;

TEST_CASE("a text that is not for a terminal stays one line") {
    CHECK(wrap(std::string(300, 'x') + " y", 6, std::nullopt) == std::string(300, 'x') + " y");
}

TEST_CASE("a text is broken at words, and the lines line up") {
    CHECK(wrap("start it with `systemctl start docker`, or say where it is with --host or "
               "DOCKER_HOST",
               6, 50) ==
          "start it with `systemctl start docker`, or\n"
          "      say where it is with --host or DOCKER_HOST");
}

TEST_CASE("a command stays whole, even one that is longer than a line") {
    CHECK(wrap("use sudo, or join the group: `sudo usermod -aG docker $USER`, then log in again", 6,
               50) ==
          "use sudo, or join the group:\n"
          "      `sudo usermod -aG docker $USER`, then log in\n"
          "      again");
    CHECK(wrap("run `docker rename shop.web.1.next shop.web.1` now", 6, 30) ==
          "run\n"
          "      `docker rename shop.web.1.next shop.web.1`\n"
          "      now");
}

TEST_CASE("a backtick without its other one is a character like others") {
    CHECK(wrap("a word with ` and some more words behind", 6, 30) ==
          "a word with ` and some\n"
          "      more words behind");
}

TEST_CASE("wide characters count as wide") {
    CHECK(wrap("集群集群集群 集群集群集群 x", 6, 30) ==
          "集群集群集群\n"
          "      集群集群集群 x");
}

TEST_CASE("in a window that is narrower than anything readable nothing is broken") {
    CHECK(wrap("some words that do not fit", 6, 10) == "some words that do not fit");
}
