#include "present/table.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "diagnostics/wrap.hpp"
#include "present/cells.hpp"

namespace present {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t indent_of_notes = 4;

using Widths = std::vector<std::size_t>;

Widths natural_widths(const Table& table) {
    Widths widths;
    for (const std::string& title : table.titles) {
        widths.push_back(display_width(title));
    }
    for (const Table::Row& row : table.rows) {
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            for (const std::string& line : row.cells[column]) {
                widths[column] = std::max(widths[column], display_width(line));
            }
        }
    }
    return widths;
}

std::size_t total(const Widths& widths) {
    return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
}

void shrink_first(Widths& widths, const Table& table, std::size_t available) {
    const std::size_t least = std::max(display_width(table.titles.front()), available / 3);
    const std::size_t all = total(widths);
    const std::size_t too_much = all - std::min(all, available);
    const std::size_t spare = widths.front() - std::min(widths.front(), least);
    widths.front() -= std::min(too_much, spare);
}

std::string line_of(const std::vector<std::string_view>& cells, const Widths& widths, Marks marks) {
    std::string line;
    std::size_t at = 0;  // where the line ends, in terminal cells
    std::size_t column_begins = 0;
    for (std::size_t column = 0; column < cells.size(); ++column) {
        if (!cells[column].empty()) {
            line.append(column_begins - at, ' ');
            const std::string cell = fit(cells[column], widths[column], marks);
            line += cell;
            at = column_begins + display_width(cell);
        }
        column_begins += widths[column] + gap;
    }
    return line + '\n';
}

Table made_printable(Table table) {
    for (Table::Row& row : table.rows) {
        for (Cell& cell : row.cells) {
            for (std::string& line : cell) {
                line = printable(line);
            }
        }
        row.note = printable(row.note);
    }
    return table;
}

bool has_notes(const Table& table) {
    return std::any_of(table.rows.begin(), table.rows.end(),
                       [](const Table::Row& row) { return !row.note.empty(); });
}

Table with_notes_in_a_column(Table table) {
    table.titles.push_back(table.note_title);
    for (Table::Row& row : table.rows) {
        row.cells.push_back(row.note.empty() ? Cell{} : Cell{row.note});
        row.note.clear();
    }
    return table;
}

std::string text_of(const Table& table, const Widths& widths, Width width) {
    std::string text = line_of({table.titles.begin(), table.titles.end()}, widths, width.marks);
    for (const Table::Row& row : table.rows) {
        std::size_t height = 1;
        for (const Cell& cell : row.cells) {
            height = std::max(height, cell.size());
        }
        for (std::size_t i = 0; i < height; ++i) {
            std::vector<std::string_view> line;
            line.reserve(row.cells.size());
            for (const Cell& cell : row.cells) {
                line.push_back(i < cell.size() ? std::string_view(cell[i]) : std::string_view());
            }
            text += line_of(line, widths, width.marks);
        }
        if (!row.note.empty()) {
            text += std::string(indent_of_notes, ' ') +
                    diagnostics::wrap(row.note, indent_of_notes, width.columns) + '\n';
        }
    }
    return text;
}

}  // namespace

std::string to_text(const Table& raw, Width width) {
    const Table table = made_printable(raw);
    if (has_notes(table)) {
        const Table wide = with_notes_in_a_column(table);
        const Widths widths = natural_widths(wide);
        if (!width.columns || total(widths) <= *width.columns) {
            return text_of(wide, widths, width);
        }
    }
    Widths widths = natural_widths(table);
    if (width.columns) {
        shrink_first(widths, table, *width.columns);
    }
    return text_of(table, widths, width);
}

}  // namespace present
