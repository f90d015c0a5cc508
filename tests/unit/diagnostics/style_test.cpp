#include "diagnostics/style.hpp"

#include "catch.hpp"

using diagnostics::Marks;
using diagnostics::marks_of_locale;

TEST_CASE("the first variable that is set decides which marks there are") {
    CHECK(marks_of_locale("", "", "de_DE.UTF-8") == Marks::unicode);
    CHECK(marks_of_locale("", "C.utf8", "C") == Marks::unicode);
    CHECK(marks_of_locale("C", "C.utf8", "de_DE.UTF-8") == Marks::ascii);
    CHECK(marks_of_locale("de_DE.UTF-8@euro", "", "") == Marks::unicode);
    CHECK(marks_of_locale("", "", "de_DE.ISO-8859-1") == Marks::ascii);
    CHECK(marks_of_locale("", "", "de_DE@euro") == Marks::ascii);
    CHECK(marks_of_locale("", "", "") == Marks::ascii);
}

TEST_CASE("pivot's own texts have the marks of the locale") {
    CHECK(diagnostics::with_marks("a… b…", Marks::unicode) == "a… b…");
    CHECK(diagnostics::with_marks("a… b…", Marks::ascii) == "a... b...");
}
