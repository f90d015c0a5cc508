#include "json/read.hpp"

#include <fmt/format.h>

#include "catch.hpp"
#include "json/text.hpp"

using diagnostics::Problems;
using json::Value;

namespace {

// The tree as JSON text, each value and key with its place: `1:2-5=…`.
std::string places(const Value& value, const diagnostics::Source& source) {
    const auto place = [&](diagnostics::Span span) {
        const auto begin = source.position(span.begin);
        return fmt::format("{}:{}-{}", begin.line, begin.column, source.position(span.end).column);
    };
    std::string text = place(value.span);
    if (const auto* entries = value.as<json::Array>()) {
        for (const Value& entry : *entries) {
            text += " [" + places(entry, source) + "]";
        }
    } else if (const auto* members = value.as<json::Object>()) {
        for (const auto& member : *members) {
            text += fmt::format(" {{{} {}: {}}}", member.key, place(member.key_span),
                                places(member.value, source));
        }
    }
    return text;
}

std::string read_places(const std::string& text) {
    const diagnostics::Source source("a.json", text);
    Problems problems;
    const auto value = json::read(source, problems);
    CHECK_FALSE(problems.has_errors());
    return value ? places(*value, source) : "nothing";
}

// The value as compact JSON.
std::string read_value(const std::string& text) {
    const diagnostics::Source source("a.json", text);
    Problems problems;
    const auto value = json::read(source, problems);
    const auto as_it_is = [](const Value& string) { return *string.as<std::string>(); };
    return value ? json::to_text(*value, as_it_is) : "nothing";
}

std::string first_error(const std::string& text) {
    const diagnostics::Source source("a.json", text);
    Problems problems;
    CHECK_FALSE(json::read(source, problems));
    const auto found = std::move(problems).in_document_order();
    REQUIRE_FALSE(found.empty());
    return found.front().message;
}

}  // namespace

TEST_CASE("every value and key knows its place") {
    CHECK(read_places("{ \"a\": [ 1, \"é\" ],\n  \"b\" : { } }") ==
          "1:1-14 {a 1:3-6: 1:8-18 [1:10-11] [1:13-16]} {b 2:3-6: 2:9-12}");
    CHECK(read_places(" true ") == "1:2-6");
    CHECK(read_places("\xEF\xBB\xBF[-1.5e3]") == "1:1-9 [1:2-8]");
}

TEST_CASE("comments stand wherever a blank may") {
    CHECK(read_value("//a\n[/*b*/1/*c*/,//d\n2/**/]//e") == "[1,2]");
    CHECK(read_value("[\"//no\", \"/*no*/\"]") == R"(["//no","/*no*/"])");
}

TEST_CASE("escapes are decoded") {
    CHECK(read_value(R"(["\"\\\/\b\f\n\r\t", "\u0041\u00e9\u20AC\uD83D\uDE00"])") ==
          R"(["\"\\/\b\f\n\r\t","Aé€😀"])");
}

TEST_CASE("numbers stay as they were written") {
    CHECK(read_value("[0, -0, 1.50, 1e400, 123456789012345678901234567890]") ==
          "[0,-0,1.50,1e400,123456789012345678901234567890]");
}

TEST_CASE("the first of two equal keys stays") {
    CHECK(read_value(R"({"a":1,"b":2,"a":3})") == R"({"a":1,"b":2})");
}

TEST_CASE("small mistakes leave the tree whole") {
    CHECK(read_value(R"({'a': [1 2,], b: "x\@y" "c": 3,})") == R"({"a":[1,2],"b":"x\\@y","c":3})");
}

TEST_CASE("where it is not clear what was meant there is no tree") {
    CHECK(read_value("{\"a\": 1]") == "nothing");
    CHECK(read_value("[1] 2") == "nothing");
    CHECK(read_value("{\"a\": \"b}") == "nothing");
}

TEST_CASE("a hundred levels are read, one more is not") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(read_value(nested(100)) == nested(100));
    CHECK(first_error(nested(101)) == "nested more than 100 levels deep");
    CHECK(first_error(std::string(1'000'000, '[')) == "nested more than 100 levels deep");
    CHECK(first_error(std::string(1'000'000, '{')) == "a key is missing here");
}

TEST_CASE("ten megabytes are read, one byte more is not") {
    const std::string largest = "\"" + std::string(9'999'998, 'a') + "\"";
    CHECK(read_value(largest).size() == largest.size());
    CHECK(first_error(largest + " ") == "the document is larger than 10 MB");
}

TEST_CASE("only text in UTF-8 is read") {
    CHECK(first_error("\xFF\xFE{\0}\0") == "the document is UTF-16");
    CHECK(first_error("\xFE\xFF\0{\0}") == "the document is UTF-16");
    const diagnostics::Source latin1("a.json", "[\"\xE9t\xE9\"]");
    Problems problems;
    CHECK(json::read(latin1, problems));
    const auto found = std::move(problems).in_document_order();
    REQUIRE(found.size() == 1);
    CHECK(found.front().message == "this byte is not UTF-8");
    CHECK(found.front().where == diagnostics::Span{2, 3});
}

TEST_CASE("a NUL between values is unexpected") {
    CHECK(first_error(std::string("[1,\0 2]", 7)) == std::string("unexpected `\0`", 14));
}

TEST_CASE("two hundred mistakes are enough") {
    const diagnostics::Source source("a.json", "[" + std::string(1000, ',') + "]");
    Problems problems;
    CHECK_FALSE(json::read(source, problems));
    CHECK(problems.full());
    CHECK(std::move(problems).in_document_order().size() == 201);  // the last says so
}
