#include "diagnostics/source.hpp"

#include "catch.hpp"

using diagnostics::Position;
using diagnostics::Source;

TEST_CASE("lines and columns count from 1") {
    const Source source("a.json", "one\ntwo\n\nfour");
    CHECK(source.position(0) == Position{1, 1});
    CHECK(source.position(2) == Position{1, 3});
    CHECK(source.position(3) == Position{1, 4});  // the line break itself
    CHECK(source.position(4) == Position{2, 1});
    CHECK(source.position(8) == Position{3, 1});
    CHECK(source.position(9) == Position{4, 1});
}

TEST_CASE("a place beyond the end is the end") {
    CHECK(Source("a.json", "one\ntwo").position(99) == Position{2, 4});
    CHECK(Source("a.json", "").position(0) == Position{1, 1});
    CHECK(Source("a.json", "one\n").position(4) == Position{2, 1});
}

TEST_CASE("columns count characters, and a tab is one") {
    const Source source("a.json", "\té集😀x");
    CHECK(source.position(std::string("\té集😀").size()) == Position{1, 5});
}

TEST_CASE("a byte order mark is no column") {
    const Source source("a.json", "\xEF\xBB\xBF{}");
    CHECK(source.position(3) == Position{1, 1});
    CHECK(source.position(0) == Position{1, 1});
    CHECK(source.line(1) == "{}");
}

TEST_CASE("lines come without their line breaks") {
    const Source source("a.json", "one\r\ntwo\n");
    CHECK(source.line(1) == "one");
    CHECK(source.line(2) == "two");
    CHECK(source.line(3).empty());
    CHECK(source.line(4).empty());
    CHECK(source.line(0).empty());
}

TEST_CASE("a place shows the file's name in a harmless form") {
    CHECK(Source("a\x1b.json", "one\ntwo").place({5, 6}) == "a\\x1b.json:2:2");
}
