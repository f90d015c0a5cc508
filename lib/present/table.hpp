#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace present {

// The lines of a cell, one below the other.
using Cell = std::vector<std::string>;

// Rows of cells below their titles. Columns line up in terminal cells, so wide characters do too.
struct Table {
    std::vector<std::string> titles;
    std::vector<std::vector<Cell>> rows;  // each with as many cells as there are titles
};

// How many terminal cells there are beside each other; none: as many as it takes.
using Width = std::optional<std::size_t>;

// Lines end with a line feed and have no trailing spaces. In a window that is too narrow columns
// shrink from the last one, down to their titles; what does not fit is cut and ends in `…`. Control
// characters are made visible.
[[nodiscard]] std::string to_text(const Table& table, Width width);

}  // namespace present
