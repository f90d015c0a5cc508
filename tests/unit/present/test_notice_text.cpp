#include "catch.hpp"
#include "present/notice_text.hpp"

TEST_CASE("a warning from the engine has no place, one from the document has") {
    const diagnostics::Source source("a.json", "{ \"cpus\": 4 }\n");
    diagnostics::Diagnostic warning;
    warning.severity = diagnostics::Severity::warning;
    warning.message = "4 \x1b cpus";
    CHECK(present::to_text(warning, &source, {}) == "warning: 4 \\x1b cpus\n");
    warning.hint = "use 2";
    CHECK(present::to_text(warning, nullptr, {}) == "warning: 4 \\x1b cpus\nhint: use 2\n");
    warning.where = diagnostics::Span{10, 11};
    CHECK(present::to_text(warning, &source, {}) ==
          "warning: 4 \\x1b cpus\n"
          "  --> a.json:1:11\n"
          "  |\n"
          "1 | { \"cpus\": 4 }\n"
          "  |           ^\n"
          "hint: use 2\n");
}
