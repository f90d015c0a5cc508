#include "present/live_block.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace present {
namespace {

constexpr auto erase_to_end_of_line = "\x1b[K";
constexpr auto erase_below = "\x1b[J";

// A window that became narrower has wrapped the lines that stand there.
std::size_t height(const std::vector<std::size_t>& widths, std::size_t columns) {
    std::size_t rows = 0;
    for (const std::size_t width : widths) {
        rows += std::max<std::size_t>(1, (width + columns - 1) / std::max<std::size_t>(1, columns));
    }
    return rows;
}

std::string to_the_top(const std::vector<std::size_t>& drawn, std::size_t columns) {
    const std::size_t rows = height(drawn, columns);
    return rows == 0 ? "\r" : fmt::format("\r\x1b[{}A", rows);
}

}  // namespace

std::string LiveBlock::draw(const std::vector<ScreenLine>& lines, std::size_t columns) {
    std::string output = to_the_top(drawn_, columns);
    drawn_.clear();
    for (const ScreenLine& line : lines) {
        output += line.text;
        output += erase_to_end_of_line;
        output += '\n';
        drawn_.push_back(line.width);
    }
    output += erase_below;
    return output;
}

std::string LiveBlock::clear(std::size_t columns) {
    if (drawn_.empty()) {
        return "";
    }
    std::string output = to_the_top(drawn_, columns);
    drawn_.clear();
    output += erase_below;
    return output;
}

}  // namespace present
