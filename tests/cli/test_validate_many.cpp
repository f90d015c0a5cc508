// `validate` as JSON, and of several documents.

#include "catch.hpp"
#include "cli/folder.hpp"

using support::Ended;
using support::pivot;

namespace {

constexpr auto good = R"({
    "id": "shop",
    "containers": [
        { "id": "db", "image": "postgres:16" },
        { "id": "web", "image": "nginx", "args": ["@db:5432"], "dependencies": ["db"] }
    ]
}
)";

constexpr auto comma = R"({
    "id": "shop",
    "containers": [
        { "id": "db", "image": "postgres:16" }
        { "id": "web", "image": "nginx" }
    ]
}
)";

constexpr auto comma_message = R"(error: a comma is missing here
  --> a.json:4:47
  |
4 |         { "id": "db", "image": "postgres:16" }
  |                                               ^
5 |         { "id": "web", "image": "nginx" }
hint: put `,` between the two entries of `containers`

1 error in a.json; nothing was changed
)";

void check(const Ended& ended, int code, const std::string& out, const std::string& err) {
    CHECK(ended.code == code);
    CHECK(ended.out == out);
    CHECK(ended.err == err);
}

}  // namespace

TEST_CASE("as JSON a valid document is one object") {
    const Folder folder;
    const std::string file = folder.write("a.json", good);
    check(folder.pivot({"validate", "-o", "json", "a.json"}), 0, R"({
  "schema": 1,
  "pivot": "0.1.0",
  "exit_code": 0,
  "file": "a.json",
  "valid": true,
  "id": "shop",
  "containers": 2,
  "diagnostics": [],
  "files": [
    {
      "file": "a.json",
      "valid": true,
      "id": "shop",
      "containers": 2,
      "diagnostics": []
    }
  ]
}
)",
          "");
}

TEST_CASE("as JSON an invalid document has its mistakes with their places") {
    const Folder folder;
    const std::string file = folder.write("a.json", comma);
    check(folder.pivot({"validate", "-o", "json", "a.json"}), 2, R"({
  "schema": 1,
  "pivot": "0.1.0",
  "exit_code": 2,
  "file": "a.json",
  "valid": false,
  "diagnostics": [
    {
      "severity": "error",
      "message": "a comma is missing here",
      "line": 4,
      "column": 47,
      "end_line": 4,
      "end_column": 47,
      "hint": "put `,` between the two entries of `containers`"
    }
  ],
  "files": [
    {
      "file": "a.json",
      "valid": false,
      "diagnostics": [
        {
          "severity": "error",
          "message": "a comma is missing here",
          "line": 4,
          "column": 47,
          "end_line": 4,
          "end_column": 47,
          "hint": "put `,` between the two entries of `containers`"
        }
      ]
    }
  ],
  "errors": [
    {
      "code": "document-invalid",
      "message": "a comma is missing here",
      "hint": "put `,` between the two entries of `containers`",
      "file": "a.json",
      "line": 4,
      "column": 47,
      "end_line": 4,
      "end_column": 47
    }
  ]
}
)",
          comma_message);
}

TEST_CASE("as JSON a document that cannot be read is not valid either") {
    check(pivot({"validate", "-o", "json", "/nowhere/missing.json"}), 2, R"({
  "schema": 1,
  "pivot": "0.1.0",
  "exit_code": 2,
  "file": "/nowhere/missing.json",
  "valid": false,
  "diagnostics": [
    {
      "severity": "error",
      "message": "cannot read `/nowhere/missing.json`: no such file",
      "hint": "give the path of the document, or `-` for standard input"
    }
  ],
  "files": [
    {
      "file": "/nowhere/missing.json",
      "valid": false,
      "diagnostics": [
        {
          "severity": "error",
          "message": "cannot read `/nowhere/missing.json`: no such file",
          "hint": "give the path of the document, or `-` for standard input"
        }
      ]
    }
  ],
  "errors": [
    {
      "code": "document-unreadable",
      "message": "cannot read `/nowhere/missing.json`: no such file",
      "hint": "give the path of the document, or `-` for standard input",
      "file": "/nowhere/missing.json"
    }
  ]
}
)",
          "error: cannot read `/nowhere/missing.json`: no such file\n"
          "hint: give the path of the document, or `-` for standard input\n");
}

TEST_CASE("of several documents each is told of, and one that is wrong makes all of it wrong") {
    const Folder folder;
    (void)folder.write("a.json", comma);
    (void)folder.write("good.json", good);
    check(folder.pivot({"validate", "good.json", "a.json", "good.json"}), 2,
          "good.json is valid: 2 containers\ngood.json is valid: 2 containers\n", comma_message);
    check(folder.pivot({"validate", "a.json", "goad.json", "a.json"}), 2, "",
          comma_message +
              std::string("\nerror: cannot read `goad.json`: no such file\n"
                          "hint: did you mean `good.json`?\n\n") +
              comma_message);
    check(folder.pivot({"validate", "good.json", "-f", "good.json"}), 0,
          "good.json is valid: 2 containers\ngood.json is valid: 2 containers\n", "");
    check(folder.pivot({"validate", "good.json", "a.json", "-o", "json"}), 2, R"({
  "schema": 1,
  "pivot": "0.1.0",
  "exit_code": 2,
  "valid": false,
  "files": [
    {
      "file": "good.json",
      "valid": true,
      "id": "shop",
      "containers": 2,
      "diagnostics": []
    },
    {
      "file": "a.json",
      "valid": false,
      "diagnostics": [
        {
          "severity": "error",
          "message": "a comma is missing here",
          "line": 4,
          "column": 47,
          "end_line": 4,
          "end_column": 47,
          "hint": "put `,` between the two entries of `containers`"
        }
      ]
    }
  ],
  "errors": [
    {
      "code": "document-invalid",
      "message": "a comma is missing here",
      "hint": "put `,` between the two entries of `containers`",
      "file": "a.json",
      "line": 4,
      "column": 47,
      "end_line": 4,
      "end_column": 47
    }
  ]
}
)",
          comma_message);
}
