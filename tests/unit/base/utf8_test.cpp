#include "base/utf8.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

namespace {

std::vector<base::Character> characters(std::string_view text) {
    std::vector<base::Character> result;
    for (std::size_t offset = 0; offset < text.size(); offset += result.back().length) {
        result.push_back(base::character_at(text, offset));
    }
    return result;
}

using Characters = std::vector<base::Character>;

}  // namespace

TEST_CASE("characters are read whatever their length") {
    CHECK(characters("aé€😀") == Characters{{U'a', 1}, {U'é', 2}, {U'€', 3}, {U'😀', 4}});
}

TEST_CASE("what is not UTF-8 is a byte without a code point") {
    const base::Character bad{std::nullopt, 1};
    CHECK(characters("\x80") == Characters{bad});
    CHECK(characters("\xC0\xAF") == Characters{bad, bad});                    // overlong
    CHECK(characters("\xE0\x80\xAF") == Characters{bad, bad, bad});           // overlong
    CHECK(characters("\xED\xA0\x80") == Characters{bad, bad, bad});           // a surrogate
    CHECK(characters("\xF4\x90\x80\x80") == Characters{bad, bad, bad, bad});  // beyond U+10FFFF
    CHECK(characters("\xE2\x82") == Characters{bad, bad});                    // cut off
    CHECK(characters("\xC3(") == Characters{bad, {U'(', 1}});
}

TEST_CASE("a code point is written as it is read") {
    std::string text;
    for (const char32_t code_point : {U'a', U'é', U'€', U'😀'}) {
        base::append_utf8(text, code_point);
    }
    CHECK(text == "aé€😀");
}

TEST_CASE("the first byte that is not UTF-8 is found") {
    CHECK(base::find_invalid_utf8("plain text, and some more é 😀") == std::nullopt);
    CHECK(base::find_invalid_utf8("") == std::nullopt);
    CHECK(base::find_invalid_utf8("0123456789\xFF") == 10U);
    CHECK(base::find_invalid_utf8("é\xE9") == 2U);
}

TEST_CASE("characters are counted, not bytes") { CHECK(base::count_characters("aé€😀") == 4); }

TEST_CASE("a text is cut between characters") {
    CHECK(base::cut_to_bytes("abc", 5) == "abc");
    CHECK(base::cut_to_bytes("abc", 2) == "ab");
    CHECK(base::cut_to_bytes("a\u00e4b", 2) == "a");
    CHECK(base::cut_to_bytes("a\u00e4b", 3) == "a\u00e4");
    CHECK(base::cut_to_bytes("", 0).empty());
}
