// Documents as large as they may be, and larger.

#include <chrono>

#include <fmt/format.h>

#include "catch.hpp"
#include "cli/folder.hpp"

using support::Ended;

namespace {

using Clock = std::chrono::steady_clock;

std::string document(int containers) {
    std::string text = R"({"id": "large", "containers": [)";
    for (int i = 0; i < containers; ++i) {
        text += fmt::format("{}\n{{\"id\": \"c{}\", \"image\": \"a\", \"args\": [\"@c{}\"]}}",
                            i == 0 ? "" : ",", i, (i + 1) % containers);
    }
    return text + "]}\n";
}

// Of exactly so many bytes: a comment fills it up.
std::string document_of_size(std::size_t bytes) {
    const std::string text = document(1);
    return text + "/*" + std::string(bytes - text.size() - 4, 'x') + "*/";
}

}  // namespace

TEST_CASE("a document of 10 MB is read, and one that is a byte larger is refused in words") {
    const Folder folder;
    (void)folder.write("good.json", document_of_size(10'000'000));
    (void)folder.write("large.json", document_of_size(10'000'001));
    CHECK(folder.pivot({"validate", "good.json"}).code == 0);
    const Ended ended = folder.pivot({"validate", "large.json"});
    INFO(ended.err);
    CHECK(ended.code == 2);
    CHECK(ended.err.starts_with("error: "));
    CHECK(ended.err.find("10 MB") != std::string::npos);
}

TEST_CASE("what comes from standard input is not read without end") {
    const Folder folder;
    const std::string command =
        std::string("yes '/* a comment */' | ") + PIVOT_BINARY + " validate -";
    const Ended ended = support::run({.command = {"sh", "-c", command}});
    INFO(ended.err);
    CHECK(ended.code == 2);
    CHECK(ended.err.find("10 MB") != std::string::npos);
}

TEST_CASE("ten thousand containers that refer to each other in a ring are valid, and soon") {
    const Folder folder;
    (void)folder.write("many.json", document(10'000));
    const auto begin = Clock::now();
    const Ended ended = folder.pivot({"validate", "many.json"});
    INFO(ended.err);
    CHECK(ended.out == "many.json is valid: 10000 containers\n");
    CHECK(Clock::now() - begin < std::chrono::seconds(20));  // sanitizers on a busy machine
}

TEST_CASE("a thousand levels of nesting are refused at their place") {
    const Folder folder;
    for (const auto& [open, close] : {std::pair("[", "]"), std::pair("{\"a\":", "}")}) {
        std::string text = R"({"id": "a", "x-deep": )";
        for (int i = 0; i < 1000; ++i) {
            text += open;
        }
        text += "1";
        for (int i = 0; i < 1000; ++i) {
            text += close;
        }
        (void)folder.write("deep.json", text + "}");
        const Ended ended = folder.pivot({"validate", "deep.json"});
        INFO(ended.err);
        CHECK(ended.code == 2);
        CHECK(ended.err.starts_with("error: "));
        CHECK(ended.err.find("--> deep.json:1:") != std::string::npos);
        CHECK(ended.err.size() < 4000);
    }
}

TEST_CASE("a million levels, opened and never closed, end with an error too") {
    const Folder folder;
    (void)folder.write("deep.json", std::string(1'000'000, '['));
    const Ended ended = folder.pivot({"validate", "deep.json"});
    CHECK(ended.code == 2);
    CHECK(ended.err.starts_with("error: "));
}
