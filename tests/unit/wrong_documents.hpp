#pragma once

#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"

// What people see for documents with mistakes, whole. A file of cases holds them like this:
//
//     === title
//     the document, shown as appliance.json
//     ---
//     all that is said about it
//
// After a change of wording PIVOT_REGENERATE=1 writes the answers anew; read every one of them
// then.
namespace wrong_documents {

struct Case {
    std::string title;
    std::string document;
    std::string expected;
};

inline std::vector<Case> read_cases(const std::string& path) {
    std::ifstream file(path);
    REQUIRE(file);
    std::vector<Case> cases;
    std::string Case::*part = nullptr;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("=== ")) {
            cases.push_back({line.substr(4), "", ""});
            part = &Case::document;
        } else if (line == "---") {
            part = &Case::expected;
        } else if (part != nullptr) {
            cases.back().*part += line + "\n";
        }
    }
    for (Case& each : cases) {
        each.expected.erase(each.expected.find_last_not_of('\n') + 1);
        each.expected += "\n";
    }
    return cases;
}

// What is said about a document.
using Answer = std::function<std::string(const std::string& document)>;

inline bool regenerate() { return std::getenv("PIVOT_REGENERATE") != nullptr; }

// `name` is below the folder of the unit tests.
inline void check_file(const std::string& name, const Answer& answer_to) {
    const std::string path = std::string(PIVOT_SOURCE_DIR) + "/tests/unit/" + name;
    const std::vector<Case> cases = read_cases(path);
    std::ostringstream regenerated;
    for (const Case& each : cases) {
        const std::string answer = answer_to(each.document);
        regenerated << "=== " << each.title << "\n" << each.document << "---\n" << answer << "\n";
        if (!regenerate()) {
            INFO(each.title);
            CHECK(answer == each.expected);
        }
    }
    if (regenerate()) {
        std::ofstream(path) << regenerated.str();
        FAIL("the answers in " << path << " were written anew: read them, then run the test again");
    }
}

}  // namespace wrong_documents
