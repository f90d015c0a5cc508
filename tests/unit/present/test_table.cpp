#include "catch.hpp"
#include "present/table.hpp"

using present::Table;
using present::to_text;

namespace {

const Table shop{{"CONTAINER", "STATE", "ENDPOINTS"},
                 {{{"web"}, {"running"}, {"127.0.0.1:8080 -> 80/tcp", "127.0.0.1:8443 -> 443/tcp"}},
                  {{"db"}, {"running"}, {}}}};

}  // namespace

TEST_CASE("columns line up and a cell may have several lines") {
    CHECK(to_text(shop, std::nullopt) ==
          "CONTAINER  STATE    ENDPOINTS\n"
          "web        running  127.0.0.1:8080 -> 80/tcp\n"
          "                    127.0.0.1:8443 -> 443/tcp\n"
          "db         running\n");
}

TEST_CASE("a narrow window cuts the last column first") {
    CHECK(to_text(shop, 36) ==
          "CONTAINER  STATE    ENDPOINTS\n"
          "web        running  127.0.0.1:8080 …\n"
          "                    127.0.0.1:8443 …\n"
          "db         running\n");
    CHECK(to_text(shop, 27) ==
          "CONTAINER  STATE  ENDPOINTS\n"
          "web        runn…  127.0.0.…\n"
          "                  127.0.0.…\n"
          "db         runn…\n");
}

TEST_CASE("titles are never cut, however narrow the window") {
    CHECK(to_text(Table{{"CONTAINER", "STATE"}, {{{"spark-master"}, {"running"}}}}, 1) ==
          "CONTAINER  STATE\n"
          "spark-ma…  runn…\n");
}

TEST_CASE("columns line up behind wide characters") {
    CHECK(to_text(Table{{"NAME", "REASON"}, {{{"日本"}, {"exit 1"}}, {{"abcdef"}, {"exit 2"}}}},
                  std::nullopt) ==
          "NAME    REASON\n"
          "日本    exit 1\n"
          "abcdef  exit 2\n");
}

TEST_CASE("a wide character that would stand across the edge is left out") {
    CHECK(to_text(Table{{"N"}, {{{"日本語"}}}}, 4) ==
          "N\n"
          "日…\n");
}

TEST_CASE("control characters in a cell become visible") {
    CHECK(to_text(Table{{"REASON"}, {{{"\x1b[2Jgone"}}}}, std::nullopt) ==
          "REASON\n"
          "\\x1b[2Jgone\n");
}
