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

TEST_CASE("what belongs to a character is found from both sides") {
    const std::string text = "ae\u0301\u0302👩\u200D👧👍\U0001F3FD!";
    std::vector<std::size_t> forwards;
    for (std::size_t at = 0; at < text.size(); at += base::cluster_length(text, at)) {
        forwards.push_back(at);
    }
    std::vector<std::size_t> backwards;
    for (std::size_t at = text.size(); at > 0;) {
        at = base::previous_cluster(text, at);
        backwards.insert(backwards.begin(), at);
    }
    CHECK(forwards == std::vector<std::size_t>{0, 1, 6, 17, 25});
    CHECK(backwards == forwards);
}

TEST_CASE("a byte that is not UTF-8 takes one cell") { CHECK(display_width("a\xFF") == 2); }
