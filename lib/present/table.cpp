#include "present/table.hpp"

#include <algorithm>
#include <string_view>

#include "present/cells.hpp"

namespace present {
namespace {

constexpr std::size_t gap = 2;

std::vector<std::size_t> natural_widths(const Table& table) {
    std::vector<std::size_t> widths;
    for (const std::string& title : table.titles) {
        widths.push_back(display_width(title));
    }
    for (const auto& row : table.rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            for (const std::string& line : row[column]) {
                widths[column] = std::max(widths[column], display_width(line));
            }
        }
    }
    return widths;
}

void shrink(std::vector<std::size_t>& widths, const Table& table, std::size_t available) {
    std::size_t total = gap * (widths.size() - 1);
    for (const std::size_t width : widths) {
        total += width;
    }
    for (std::size_t column = widths.size(); column-- > 0 && total > available;) {
        const std::size_t least = display_width(table.titles[column]);
        const std::size_t less =
            std::min(total - available, widths[column] - std::min(widths[column], least));
        widths[column] -= less;
        total -= less;
    }
}

void append_line(std::string& text, const std::vector<std::string_view>& cells,
                 const std::vector<std::size_t>& widths) {
    std::string line;
    std::size_t at = 0;  // where the line ends, in terminal cells
    std::size_t column_begins = 0;
    for (std::size_t column = 0; column < cells.size(); ++column) {
        if (!cells[column].empty()) {
            line.append(column_begins - at, ' ');
            const std::string cell = fit(cells[column], widths[column]);
            line += cell;
            at = column_begins + display_width(cell);
        }
        column_begins += widths[column] + gap;
    }
    text += line;
    text += '\n';
}

Table made_printable(Table table) {
    for (auto& row : table.rows) {
        for (Cell& cell : row) {
            for (std::string& line : cell) {
                line = printable(line);
            }
        }
    }
    return table;
}

}  // namespace

std::string to_text(const Table& raw, Width width) {
    const Table table = made_printable(raw);
    std::vector<std::size_t> widths = natural_widths(table);
    if (width) {
        shrink(widths, table, *width);
    }
    std::string text;
    append_line(text, {table.titles.begin(), table.titles.end()}, widths);
    for (const auto& row : table.rows) {
        std::size_t height = 1;
        for (const Cell& cell : row) {
            height = std::max(height, cell.size());
        }
        for (std::size_t i = 0; i < height; ++i) {
            std::vector<std::string_view> line;
            line.reserve(row.size());
            for (const Cell& cell : row) {
                line.push_back(i < cell.size() ? std::string_view(cell[i]) : std::string_view());
            }
            append_line(text, line, widths);
        }
    }
    return text;
}

}  // namespace present
