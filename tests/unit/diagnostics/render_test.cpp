#include "diagnostics/render.hpp"

#include "catch.hpp"

using diagnostics::Colour;
using diagnostics::Diagnostic;
using diagnostics::Severity;
using diagnostics::Source;
using diagnostics::Span;

namespace {

// The place of a part of the text.
Span place(const Source& source, std::string_view part) {
    const std::size_t begin = source.text().find(part);
    REQUIRE(begin != std::string::npos);
    return {begin, begin + part.size()};
}

std::string render_error(const std::string& text, std::string_view part) {
    const Source source("a.json", text);
    return render(Diagnostic{Severity::error, "wrong", place(source, part), ""}, source);
}

}  // namespace

TEST_CASE("a diagnostic says what, where, and what to do next") {
    const Source source("appliance.json", "{\n    \"instnces\": 2\n}\n");
    const Diagnostic error{Severity::error, "unknown key `instnces`", place(source, "\"instnces\""),
                           "did you mean `instances`?"};
    CHECK(render(error, source) == R"(error: unknown key `instnces`
  --> appliance.json:2:5
  |
2 |     "instnces": 2
  |     ^^^^^^^^^^
hint: did you mean `instances`?
)");
}

TEST_CASE("warnings and notes are called so, and a hint may be missing") {
    const Source source("a.json", "x");
    CHECK(render(Diagnostic{Severity::warning, "odd", Span{0, 1}, ""}, source) ==
          "warning: odd\n  --> a.json:1:1\n  |\n1 | x\n  | ^\n");
    CHECK(render(Diagnostic{Severity::note, "odd", Span{0, 1}, ""}, source) ==
          "note: odd\n  --> a.json:1:1\n  |\n1 | x\n  | ^\n");
}

TEST_CASE("what is about the whole document names the document") {
    const Source source("a.json", "");
    CHECK(render(Diagnostic{Severity::error, "the document is empty", std::nullopt, "write one"},
                 source) == "error: the document is empty\n  --> a.json\nhint: write one\n");
}

TEST_CASE("colour is for the words and the carets alone") {
    const Source source("a.json", "  x");
    const Diagnostic error{Severity::error, "wrong", Span{2, 3}, "right it"};
    CHECK(
        render(error, source, {Colour::on}) ==
        "\x1b[1;31merror\x1b[0m: wrong\n  --> a.json:1:3\n  |\n1 |   x\n  |   \x1b[1;31m^\x1b[0m\n"
        "\x1b[1;36mhint\x1b[0m: right it\n");
}

TEST_CASE("line numbers stand in a column of their own") {
    const std::string text = "\n\n\n\n\n\n\n\n{\n}";
    const Source source("a.json", text);
    const Diagnostic error{Severity::error, "a comma is missing here", Span{9, 9}, "",
                           Span{10, 11}};
    CHECK(render(error, source) == R"(error: a comma is missing here
  --> a.json:9:2
   |
 9 | {
   |  ^
10 | }
)");
}

TEST_CASE("a second line that is the first is shown once") {
    const Source source("a.json", "[1 2]");
    const Diagnostic error{Severity::error, "a comma is missing here", Span{2, 2}, "", Span{3, 4}};
    CHECK(render(error, source) ==
          "error: a comma is missing here\n  --> a.json:1:3\n  |\n1 | [1 2]\n  |   ^\n");
}

TEST_CASE("of a place on several lines the first is shown") {
    const Source source("a.json", "x {\n}\n");
    CHECK(render(Diagnostic{Severity::error, "wrong", Span{2, 5}, ""}, source) ==
          "error: wrong\n  --> a.json:1:3\n  |\n1 | x {\n  |   ^\n");
}

TEST_CASE("carets line up below tabs, wide and combining characters") {
    CHECK(render_error("\t\tx", "x") == "error: wrong\n  --> a.json:1:3\n  |\n1 |   x\n  |   ^\n");
    CHECK(render_error("集x", "x") == "error: wrong\n  --> a.json:1:2\n  |\n1 | 集x\n  |   ^\n");
    CHECK(render_error("a集群", "集群") ==
          "error: wrong\n  --> a.json:1:2\n  |\n1 | a集群\n  |  ^^^^\n");
    CHECK(render_error("e\u0301x", "x") ==
          "error: wrong\n  --> a.json:1:3\n  |\n1 | e\u0301x\n  |  ^\n");
}

TEST_CASE("nothing of the document reaches the terminal raw") {
    CHECK(render_error("\x1b[2Jx", "x") ==
          "error: wrong\n  --> a.json:1:5\n  |\n1 | \\x1b[2Jx\n  |        ^\n");
    const Source source("a.json", "x");
    CHECK(render(Diagnostic{Severity::error, "`\x1b`", std::nullopt, "a\nb"}, source) ==
          "error: `\\x1b`\n  --> a.json\nhint: a\\nb\n");
}

TEST_CASE("a line of a hundred cells is whole") {
    const std::string line = std::string(99, '-') + "x";
    CHECK(render_error(line, "x") == "error: wrong\n  --> a.json:1:100\n  |\n1 | " + line +
                                         "\n  | " + std::string(99, ' ') + "^\n");
}

TEST_CASE("a longer line is cut around the place") {
    CHECK(render_error("x" + std::string(200, '-'), "x") ==
          "error: wrong\n  --> a.json:1:1\n  |\n1 | x" + std::string(99, '-') + "…\n  | ^\n");
    CHECK(render_error(std::string(200, '-') + "x", "x") ==
          "error: wrong\n  --> a.json:1:201\n  |\n1 | …" + std::string(40, '-') + "x\n  | " +
              std::string(41, ' ') + "^\n");
    CHECK(render_error(std::string(200, '-') + "x" + std::string(200, '+'), "x") ==
          "error: wrong\n  --> a.json:1:201\n  |\n1 | …" + std::string(40, '-') + "x" +
              std::string(59, '+') + "…\n  | " + std::string(41, ' ') + "^\n");
}

TEST_CASE("a line is cut to the terminal's width") {
    const std::string line = std::string(200, '-') + "x" + std::string(200, '+');
    const Source source("a.json", line);
    const Diagnostic error{Severity::error, "wrong", place(source, "x"), ""};
    CHECK(render(error, source, {.columns = 36}) ==
          "error: wrong\n  --> a.json:1:201\n  |\n"
          "1 | …------------x+++++++++++++++++…\n"
          "  |              ^\n");
    CHECK(render(error, source, {.marks = diagnostics::Marks::ascii, .columns = 36}) ==
          "error: wrong\n  --> a.json:1:201\n  |\n"
          "1 | ...----------x+++++++++++++++...\n"
          "  |              ^\n");
}

TEST_CASE("a line is cut between characters, never within one") {
    const auto shown = [](const std::string& line) {
        const Source source("a.json", line);
        const Diagnostic error{Severity::error, "", place(source, "x"), ""};
        const std::string text = render(error, source, {.columns = 26});
        const std::size_t begin = text.find("1 | ") + 4;
        return text.substr(begin, text.find('\n', begin) - begin);
    };
    std::string accented;
    std::string family;
    for (int i = 0; i < 40; ++i) {
        accented += "e\u0301";
        family += "👩\u200D👧👍\U0001F3FD";
    }
    const std::string eight = accented.substr(0, 8 * 3);
    CHECK(shown(accented + "x" + accented) == "…" + eight + "x" + accented.substr(0, 11 * 3) + "…");
    CHECK(shown(std::string(100, '-') + "x" + family) == "…--------x👩\u200D👧👍\U0001F3FD…");
    CHECK(shown(family + "x" + std::string(100, '-')) == "…👩\u200D👧👍\U0001F3FDx-----------…");
}

TEST_CASE("hints are broken at words where the terminal ends") {
    const Source source("a.json", "");
    const Diagnostic error{Severity::error, "`a` is not there and has to be", std::nullopt,
                           "look for it with `docker ps --all`, or leave it out"};
    CHECK(render(error, source, {.columns = 36}) ==
          "error: `a` is not there and has to\n"
          "       be\n"
          "  --> a.json\n"
          "hint: look for it with\n"
          "      `docker ps --all`, or leave it\n"
          "      out\n");
}

TEST_CASE("carets end where the cut line ends") {
    CHECK(render_error(std::string(300, 'x'), std::string(300, 'x')) ==
          "error: wrong\n  --> a.json:1:1\n  |\n1 | " + std::string(100, 'x') + "…\n  | " +
              std::string(100, '^') + "\n");
}

TEST_CASE("several diagnostics stand apart") {
    const Source source("a.json", "");
    const diagnostics::Diagnostics two{{Severity::error, "a", std::nullopt, ""},
                                       {Severity::note, "b", std::nullopt, ""}};
    CHECK(render(two, source) == "error: a\n  --> a.json\n\nnote: b\n  --> a.json\n");
    CHECK(render(diagnostics::Diagnostics{}, source).empty());
}

TEST_CASE("the summary counts errors alone") {
    const Source source("appliance.json", "");
    const Diagnostic error{Severity::error, "", std::nullopt, ""};
    const Diagnostic warning{Severity::warning, "", std::nullopt, ""};
    CHECK(summary({error, warning, error, error}, source) ==
          "3 errors in appliance.json; nothing was changed\n");
    CHECK(summary({error}, source) == "1 error in appliance.json; nothing was changed\n");
    CHECK(summary({warning}, source).empty());
    CHECK(diagnostics::has_errors({warning, error}));
    CHECK_FALSE(diagnostics::has_errors({warning}));
}
