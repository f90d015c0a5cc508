#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace diagnostics {

// A range of bytes of a line.
struct Marked {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// What is shown of a line, printable: all of it, or about 100 cells around a place with `…` where
// it was cut. `carets` stand below the place, at least one.
struct Excerpt {
    std::string text;
    std::string carets;
};

[[nodiscard]] Excerpt excerpt(std::string_view line, Marked place);

}  // namespace diagnostics
