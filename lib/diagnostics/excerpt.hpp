#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "diagnostics/style.hpp"

namespace diagnostics {

// A range of bytes of a line.
struct Marked {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// What is shown of a line, printable: all of it, or a part around a place with `…` where it was
// cut. `carets` stand below the place, at least one.
struct Excerpt {
    std::string text;
    std::string carets;
};

// The part takes at most `room` cells, the marks of a cut not counted.
[[nodiscard]] Excerpt excerpt(std::string_view line, Marked place, std::size_t room, Marks marks);

}  // namespace diagnostics
