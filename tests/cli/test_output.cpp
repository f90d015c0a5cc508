#include "catch.hpp"
#include "support/process.hpp"

using support::Ended;
using support::pivot;

TEST_CASE("a result that cannot be written is an error") {
    const auto in_shell = [](const std::string& redirected) {
        return support::run(
            {{"/bin/sh", "-c", "exec \"$0\" --version " + redirected, PIVOT_BINARY}});
    };
    const Ended full = in_shell(">/dev/full");
    CHECK(full.code == 1);
    CHECK(full.err == "error: the result could not be written: No space left on device\n");
    const Ended closed = in_shell(">&-");
    CHECK(closed.code == 1);
    CHECK(closed.err == "error: the result could not be written: Bad file descriptor\n");
}

TEST_CASE("colour is for terminals, unless asked for") {
    const Ended plain = pivot({"down"});
    CHECK(plain.err.find('\x1b') == std::string::npos);
    const Ended coloured = pivot({"validate", "--color", "always", "/missing.json"});
    CHECK(coloured.err.starts_with("\x1b[1;31merror\x1b[0m: cannot read `/missing.json`"));
    CHECK(support::run({{PIVOT_BINARY, "validate", "--color=always", "/missing.json"},
                        "",
                        {{"NO_COLOR", "1"}},
                        ""})
              .err == coloured.err);
}
