#include "base/display_width.hpp"

#include "catch.hpp"

using base::display_width;

TEST_CASE("most characters take one cell") {
    CHECK(display_width("") == 0);
    CHECK(display_width("spark-livy") == 10);
    CHECK(display_width("größer") == 6);
}

TEST_CASE("wide characters take two cells") {
    CHECK(display_width("集群") == 4);
    CHECK(display_width("한글") == 4);
    CHECK(display_width("😀") == 2);
    CHECK(display_width("ａ") == 2);
}

TEST_CASE("combining marks take no cell") {
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("\u1112\u1161\u11AB") == 2);  // one syllable of three letters
}

TEST_CASE("a byte that is not UTF-8 takes one cell") { CHECK(display_width("a\xFF") == 2); }
