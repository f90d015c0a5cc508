#include "present/frame.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "present/cells.hpp"
#include "present/time_text.hpp"
#include "present/words.hpp"

namespace present {
namespace {

using Mark = BoardRow::Mark;

constexpr std::array<std::string_view, 10> spinner{"⠋", "⠙", "⠹", "⠸", "⠼",
                                                   "⠴", "⠦", "⠧", "⠇", "⠏"};
constexpr std::array<std::string_view, 4> ascii_spinner{"|", "/", "-", "\\"};

struct Sign {
    std::string_view text;
    Ink ink;
};

Sign sign(Mark mark, std::size_t turn, Marks marks) {
    const bool ascii = marks == Marks::ascii;
    switch (mark) {
        case Mark::done: return {ascii ? "+" : "✓", Ink::green};
        case Mark::failed: return {ascii ? "x" : "✗", Ink::red};
        case Mark::unfinished: return {"-", Ink::yellow};
        case Mark::working:
        case Mark::waiting: break;
    }
    return {ascii ? ascii_spinner[turn % ascii_spinner.size()] : spinner[turn % spinner.size()],
            Ink::cyan};
}

using Shown = std::vector<const BoardRow*>;

Shown all_of(const std::vector<BoardRow>& rows) {
    Shown all;
    all.reserve(rows.size());
    for (const BoardRow& row : rows) {
        all.push_back(&row);
    }
    return all;
}

struct Columns {
    std::size_t name = 0;
    std::size_t doing = 0;
};

constexpr std::size_t before_name = 3;  // " ✓ "
constexpr std::size_t before_doing = 3;
constexpr std::size_t before_time = 2;

// The last cell stays free: a terminal wraps a line that fills it, some at once, some later.
std::size_t room(std::size_t window) {
    return std::max<std::size_t>(window, before_name + 2) - before_name - 1;
}

// As wide as they need to be. In a window that is too narrow for that long names take a third of
// it, and what is done is cut; the time never is.
Columns columns_of(const Shown& rows, std::size_t window) {
    Columns columns;
    std::size_t time = 0;
    for (const BoardRow* row : rows) {
        columns.name = std::max(columns.name, display_width(row->name));
        columns.doing = std::max(columns.doing, display_width(row->doing));
        time = std::max(time, display_width(rough(row->time)));
    }
    const std::size_t fixed = before_doing + before_time + time;
    const std::size_t free = room(window) - std::min(room(window), fixed);
    if (columns.name + columns.doing > free) {
        const std::size_t least = std::min(columns.name, window / 3);
        columns.name =
            std::max(least, std::min(columns.name, free - std::min(free, columns.doing)));
        columns.name = std::min(columns.name, free);
        columns.doing = free - columns.name;
    }
    return columns;
}

// What lines of a frame are drawn with.
struct Look {
    std::size_t window = 80;  // its columns
    std::size_t turn = 0;
    Style style;
};

ScreenLine line(Mark mark, std::string_view text, const Look& look) {
    const auto [words, ink] = sign(mark, look.turn, look.style.marks);
    const std::string fitting = fit(text, room(look.window), look.style.marks);
    return {fmt::format(" {} {}", paint(std::string(words), ink, look.style), fitting),
            before_name + display_width(fitting)};
}

ScreenLine line(const BoardRow& row, Columns columns, const Look& look) {
    const auto column = [&](const std::string& text, std::size_t width) {
        return padded(fit(text, width, look.style.marks), width);
    };
    return line(row.mark,
                fmt::format("{}   {}  {}", column(row.name, columns.name),
                            column(row.doing, columns.doing), rough(row.time)),
                look);
}

ScreenLine folded(std::size_t n, std::string_view what, Mark mark, const Look& look) {
    return line(mark, fmt::format("{} {}", count(n, "container"), what), look);
}

// Takes all rows of this mark out of `shown` and says how many they were.
std::size_t take_out(Shown& shown, Mark mark) {
    return static_cast<std::size_t>(
        std::erase_if(shown, [mark](const BoardRow* row) { return row->mark == mark; }));
}

// What is folded, in this order, when there are too many lines: first what is done, then a second
// kind of rows, and of the others as many as it takes.
struct Folds {
    Mark second;
    std::string_view words_of_second;
    Mark others;
    std::string_view words_of_others;
};

std::vector<ScreenLine> folded_lines(const std::vector<BoardRow>& rows, std::size_t window_rows,
                                     const Folds& folds, const Look& look) {
    const std::size_t most = window_rows > 2 ? window_rows - 1 : 1;
    Shown shown = all_of(rows);
    const Columns columns = columns_of(shown, look.window);
    std::vector<ScreenLine> lines;
    if (shown.size() > most) {
        if (const std::size_t done = take_out(shown, Mark::done); done > 0) {
            lines.push_back(folded(done, "done", Mark::done, look));
        }
    }
    std::size_t second = 0;
    if (lines.size() + shown.size() > most) {
        second = take_out(shown, folds.second);
    }
    const std::size_t left = most - std::min(most, lines.size() + (second > 0 ? 1 : 0));
    std::size_t more = 0;
    if (shown.size() > left) {
        const std::size_t kept = left > 0 ? left - 1 : 0;
        more = shown.size() - kept;
        shown.resize(kept);
    }
    for (const BoardRow* row : shown) {
        lines.push_back(line(*row, columns, look));
    }
    if (more > 0) {
        lines.push_back(folded(more, folds.words_of_others, folds.others, look));
    }
    if (second > 0) {
        lines.push_back(folded(second, folds.words_of_second, folds.second, look));
    }
    lines.resize(std::min(lines.size(), most));
    return lines;
}

}  // namespace

std::vector<ScreenLine> frame(const std::vector<BoardRow>& rows, Window window, std::size_t turn,
                              Style style) {
    return folded_lines(rows, window.rows,
                        {Mark::waiting, "waiting", Mark::working, "more at work"},
                        {window.columns, turn, style});
}

std::vector<ScreenLine> last_frame(const std::vector<BoardRow>& rows, Window window, Style style) {
    return folded_lines(rows, window.rows,
                        {Mark::unfinished, "not done", Mark::failed, "more failed"},
                        {window.columns, 0, style});
}

}  // namespace present
