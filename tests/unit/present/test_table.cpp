#include "catch.hpp"
#include "present/table.hpp"

using present::Table;
using present::to_text;

namespace {

const Table shop{
    {"CONTAINER", "STATE", "ENDPOINTS"},
    {{{{"web"}, {"running"}, {"127.0.0.1:8080 -> 80/tcp", "127.0.0.1:8443 -> 443/tcp"}}},
     {{{"db"}, {"running"}, {}}}}};

Table with_reasons(const std::string& id) {
    return {{"CONTAINER", "STATE", "ENDPOINTS"},
            {{{{id}, {"failed"}, {"127.0.0.1:8080 -> 80/tcp"}}, "exit code 7 after 3 tries"},
             {{{"db"}, {"running"}, {}}}},
            "REASON"};
}

}  // namespace

TEST_CASE("columns line up and a cell may have several lines") {
    CHECK(to_text(shop, std::nullopt) ==
          "CONTAINER  STATE    ENDPOINTS\n"
          "web        running  127.0.0.1:8080 -> 80/tcp\n"
          "                    127.0.0.1:8443 -> 443/tcp\n"
          "db         running\n");
}

TEST_CASE("endpoints are whole however narrow the window is") {
    CHECK(to_text(shop, 20) == to_text(shop, std::nullopt));
}

TEST_CASE("notes stand in a column where that fits, else below their rows in lines of their own") {
    CHECK(to_text(with_reasons("web"), 72) ==
          "CONTAINER  STATE    ENDPOINTS                 REASON\n"
          "web        failed   127.0.0.1:8080 -> 80/tcp  exit code 7 after 3 tries\n"
          "db         running\n");
    CHECK(to_text(with_reasons("web"), 70) ==
          "CONTAINER  STATE    ENDPOINTS\n"
          "web        failed   127.0.0.1:8080 -> 80/tcp\n"
          "    exit code 7 after 3 tries\n"
          "db         running\n");
    CHECK(to_text(with_reasons("web"), 26) ==
          "CONTAINER  STATE    ENDPOINTS\n"
          "web        failed   127.0.0.1:8080 -> 80/tcp\n"
          "    exit code 7 after 3\n"
          "    tries\n"
          "db         running\n");
    CHECK(to_text(with_reasons(std::string(90, 'w')), std::nullopt) ==
          "CONTAINER" + std::string(83, ' ') + "STATE    ENDPOINTS                 REASON\n" +
              std::string(90, 'w') +
              "  failed   127.0.0.1:8080 -> 80/tcp  exit code 7 after 3 tries\n"
              "db" +
              std::string(90, ' ') + "running\n");
}

TEST_CASE("a long name is cut as far as it has to be, down to a third of the window") {
    const std::string id = "a-very-long-name-of-a-web-server-in-the-north";
    CHECK(to_text(with_reasons(id), 78) ==
          "CONTAINER                                    STATE    ENDPOINTS\n"
          "a-very-long-name-of-a-web-server-in-the-no…  failed   127.0.0.1:8080 -> 80/tcp\n"
          "    exit code 7 after 3 tries\n"
          "db                                           running\n");
    CHECK(to_text(with_reasons(id), 48) ==
          "CONTAINER         STATE    ENDPOINTS\n"
          "a-very-long-nam…  failed   127.0.0.1:8080 -> 80/tcp\n"
          "    exit code 7 after 3 tries\n"
          "db                running\n");
    CHECK(to_text(with_reasons(id), {48, diagnostics::Marks::ascii}) ==
          "CONTAINER         STATE    ENDPOINTS\n"
          "a-very-long-n...  failed   127.0.0.1:8080 -> 80/tcp\n"
          "    exit code 7 after 3 tries\n"
          "db                running\n");
}

TEST_CASE("titles are never cut, however narrow the window") {
    CHECK(to_text(Table{{"CONTAINER", "STATE"}, {{{{"spark-master"}, {"running"}}}}}, 1) ==
          "CONTAINER  STATE\n"
          "spark-ma…  running\n");
}

TEST_CASE("columns line up behind wide characters") {
    CHECK(to_text(Table{{"NAME", "REASON"}, {{{{"日本"}, {"exit 1"}}}, {{{"abcdef"}, {"exit 2"}}}}},
                  std::nullopt) ==
          "NAME    REASON\n"
          "日本    exit 1\n"
          "abcdef  exit 2\n");
}

TEST_CASE("a wide character that would stand across the edge is left out") {
    CHECK(to_text(Table{{"N"}, {{{{"日本語"}}}}}, 4) ==
          "N\n"
          "日…\n");
}

TEST_CASE("control characters in a cell become visible") {
    CHECK(to_text(Table{{"REASON"}, {{{{"\x1b[2Jgone"}}, "\agone"}}, "WHY"}, std::nullopt) ==
          "REASON       WHY\n"
          "\\x1b[2Jgone  \\x07gone\n");
}
