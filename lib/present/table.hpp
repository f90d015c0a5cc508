#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/style.hpp"

namespace present {

// The lines of a cell, one below the other.
using Cell = std::vector<std::string>;

// Rows of cells below their titles. Columns line up in terminal cells, so wide characters do too.
struct Table {
    struct Row {
        std::vector<Cell> cells;  // as many as there are titles
        std::string note = {};    // what more there is to say of it; empty: nothing
    };
    std::vector<std::string> titles;
    std::vector<Row> rows;
    std::string note_title = {};  // of the notes where they stand in a column
};

// How many terminal cells there are beside each other, and what a cut is marked with.
struct Width {
    std::optional<std::size_t> columns;  // none: as many as it takes
    diagnostics::Marks marks = diagnostics::Marks::unicode;

    Width(std::nullopt_t) {}
    Width(std::size_t available, diagnostics::Marks with = diagnostics::Marks::unicode)
        : columns(available), marks(with) {}
};

// Lines end with a line feed and have no trailing spaces. Notes stand in a last column where that
// fits, else each below its row, in lines of their own. In a window that is too narrow even so the
// first column is cut, down to a third of the window; nothing else ever is. Control characters are
// made visible.
[[nodiscard]] std::string to_text(const Table& table, Width width);

}  // namespace present
