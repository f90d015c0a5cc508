#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "present/board.hpp"
#include "present/ink.hpp"

namespace present {

struct Window {
    std::size_t columns = 80;
    std::size_t rows = 24;
};

// A line of terminal output and how many terminal cells it takes.
struct ScreenLine {
    std::string text;
    std::size_t width = 0;
};

// One line for each row, at most as many as fit the window with the cursor below them: what is done
// is folded first, then what waits, then whatever is left. `turn` moves the spinner.
[[nodiscard]] std::vector<ScreenLine> frame(const std::vector<BoardRow>& rows, Window window,
                                            std::size_t turn, Style style);

// What stays at the end, in as many lines at most: what is done is folded first, then what did not
// get ready.
[[nodiscard]] std::vector<ScreenLine> last_frame(const std::vector<BoardRow>& rows, Window window,
                                                 Style style);

}  // namespace present
