#include "unit/wrong_documents.hpp"

#include "catch.hpp"
#include "diagnostics/render.hpp"
#include "json/read.hpp"

namespace {

std::string answer_to(const std::string& document) {
    const diagnostics::Source source("appliance.json", document);
    diagnostics::Problems problems;
    static_cast<void>(json::read(source, problems));
    CHECK(problems.has_errors());
    const auto found = std::move(problems).in_document_order();
    return render(found, source) + summary(found, source);
}

}  // namespace

TEST_CASE("mistakes of syntax are told where they are") {
    wrong_documents::check_file("json/wrong.txt", answer_to);
}
