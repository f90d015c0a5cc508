#include "http/json_values.hpp"

#include "catch.hpp"

namespace {

using Values = std::vector<std::string>;

Values take_in_two(const std::string& text, std::size_t cut) {
    http::JsonValues values(1000);
    auto found = values.take(text.substr(0, cut));
    for (auto& value : values.take(text.substr(cut))) {
        found.push_back(std::move(value));
    }
    return found;
}

}  // namespace

TEST_CASE("JSON values are found wherever the stream is cut") {
    const std::string text =
        "{\"a\":\"}{\\\"\\\\\"}\r\n{\"b\":[1,[2,{}]]}{\"c\":1}[]\n \"s{\" 12\ntrue "
        "{\"last\":null}\n{\"cut";
    const Values expected = {
        R"({"a":"}{\"\\"})", R"({"b":[1,[2,{}]]})", R"({"c":1})", "[]", R"("s{")", "12", "true",
        R"({"last":null})"};
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        INFO("cut at " << cut);
        CHECK(take_in_two(text, cut) == expected);
    }
    http::JsonValues byte_by_byte(1000);
    Values found;
    for (const char byte : text) {
        for (auto& value : byte_by_byte.take(std::string_view(&byte, 1))) {
            found.push_back(std::move(value));
        }
    }
    CHECK(found == expected);
}

TEST_CASE("a value that is too long ends the search") {
    http::JsonValues values(10);
    CHECK(values.take("[12345678]{\"a\":") == Values{"[12345678]"});
    CHECK_FALSE(values.overflowed());
    CHECK(values.take("\"123456").empty());
    CHECK(values.overflowed());
    CHECK(values.take("\"}{}").empty());
}

TEST_CASE("what is no JSON is handed on for a parser to refuse") {
    http::JsonValues values(100);
    CHECK(values.take("404 page not found\n") == Values{"404", "page", "not", "found"});
    CHECK(values.take("]} {}") == Values{"]}", "{}"});
}
