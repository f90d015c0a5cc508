#include <fmt/format.h>

#include "appliance/read.hpp"
#include "catch.hpp"
#include "diagnostics/render.hpp"

namespace {

// With as many mistakes, of a kind that is not even looked into when there are too many.
diagnostics::Source document_with(int mistakes) {
    std::string text = "{ \"id\": \"shop\", \"containers\": [";
    for (int i = 0; i < mistakes; ++i) {
        text += fmt::format("{}\n{{ \"id\": \"c{}\", \"image\": \"x\", \"imgae\": 1 }}",
                            i == 0 ? "" : ",", i);
    }
    return {"a.json", text + "] }"};
}

}  // namespace

TEST_CASE("a document with very many mistakes ends in a note") {
    const diagnostics::Source source = document_with(300);
    const auto result = appliance::read(source);
    CHECK(result.diagnostics.size() == 201);
    CHECK(render(result.diagnostics.back(), source) ==
          "note: no more than 200 errors are shown\n  --> a.json\n");
    CHECK(summary(result.diagnostics, source) == "200 errors in a.json; nothing was changed\n");
}

TEST_CASE("a document whose mistakes are all shown does not say that there are more") {
    const diagnostics::Source source = document_with(200);
    const auto result = appliance::read(source);
    CHECK(result.diagnostics.size() == 200);
    CHECK(summary(result.diagnostics, source) == "200 errors in a.json; nothing was changed\n");

    const diagnostics::Source one_more = document_with(201);
    CHECK(appliance::read(one_more).diagnostics.size() == 201);
    CHECK(render(appliance::read(one_more).diagnostics.back(), one_more) ==
          "note: no more than 200 errors are shown\n  --> a.json\n");
}
