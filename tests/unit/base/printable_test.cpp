#include "base/printable.hpp"

#include "catch.hpp"

using base::Newlines;
using base::printable;

TEST_CASE("plain text stays as it is") {
    CHECK(printable("spark-livy: größer, 集群, 😀 ~") == "spark-livy: größer, 集群, 😀 ~");
}

TEST_CASE("control characters never stay") {
    CHECK(printable("\x1b[31mred\x1b[0m\a\x7f") == "\\x1b[31mred\\x1b[0m\\x07\\x7f");
    CHECK(printable(std::string_view("a\0b", 3)) == "a\\x00b");
    CHECK(printable("\xC2\x9B"
                    "31m") == "\\x9b31m");  // C1: CSI in one character
}

TEST_CASE("line breaks are shown, a tab is a space") {
    CHECK(printable("a\tb\r\nc") == "a b\\r\\nc");
}

TEST_CASE("newlines are kept where they make sense") {
    CHECK(printable("a\r\nb\rc\n\x1b", Newlines::keep) == "a\nb\\rc\n\\x1b");
}

TEST_CASE("bytes that are not UTF-8 are shown") {
    CHECK(printable("a\xFFz\xC3") == "a\\xffz\\xc3");
}

TEST_CASE("characters that reorder or hide text are shown") {
    CHECK(printable("a\u202Eb\u2066c\u200Fd") == "a\\u{202e}b\\u{2066}c\\u{200f}d");
    CHECK(printable("a\u200Bb\uFEFFc\u2028d") == "a\\u{200b}b\\u{feff}c\\u{2028}d");
}
