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

struct Sign {
    std::string_view text;
    Ink ink;
};

Sign sign(Mark mark, std::size_t turn) {
    switch (mark) {
        case Mark::done: return {"✓", Ink::green};
        case Mark::failed: return {"✗", Ink::red};
        case Mark::unfinished: return {"-", Ink::yellow};
        case Mark::working:
        case Mark::waiting: break;
    }
    return {spinner[turn % spinner.size()], Ink::cyan};
}

std::vector<const BoardRow*> all_of(const std::vector<BoardRow>& rows) {
    std::vector<const BoardRow*> all;
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

Columns columns_of(const std::vector<const BoardRow*>& rows) {
    Columns columns;
    for (const BoardRow* row : rows) {
        columns.name = std::max(columns.name, display_width(row->name));
        columns.doing = std::max(columns.doing, display_width(row->doing));
    }
    return columns;
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t has = display_width(text);
    return has < width ? text + std::string(width - has, ' ') : text;
}

// The last cell stays free: a terminal wraps a line that fills it, some at once, some later.
ScreenLine line(const BoardRow& row, Columns columns, std::size_t available, std::size_t turn,
                Style style) {
    const auto [mark, ink] = sign(row.mark, turn);
    const std::string text = fit(fmt::format("{}   {}  {}", padded(row.name, columns.name),
                                             padded(row.doing, columns.doing), rough(row.time)),
                                 available > 4 ? available - 4 : 1);
    return {fmt::format(" {} {}", paint(std::string(mark), ink, style), text),
            3 + display_width(text)};
}

ScreenLine folded(std::size_t n, std::string_view what, Mark mark, std::size_t turn,
                  std::size_t available, Style style) {
    const auto [text, ink] = sign(mark, turn);
    const std::string words =
        fit(fmt::format("{} {}", count(n, "container"), what), available > 4 ? available - 4 : 1);
    return {fmt::format(" {} {}", paint(std::string(text), ink, style), words),
            3 + display_width(words)};
}

// Takes all rows of these marks out of `shown` and says how many they were.
std::size_t take_out(std::vector<const BoardRow*>& shown, std::initializer_list<Mark> marks) {
    return static_cast<std::size_t>(std::erase_if(shown, [&](const BoardRow* row) {
        return std::find(marks.begin(), marks.end(), row->mark) != marks.end();
    }));
}

}  // namespace

std::vector<ScreenLine> frame(const std::vector<BoardRow>& rows, Window window, std::size_t turn,
                              Style style) {
    const std::size_t most = window.rows > 2 ? window.rows - 1 : 1;
    std::vector<const BoardRow*> shown = all_of(rows);
    const Columns columns = columns_of(shown);
    std::vector<ScreenLine> lines;
    if (shown.size() > most) {
        if (const std::size_t done = take_out(shown, {Mark::done}); done > 0) {
            lines.push_back(folded(done, "done", Mark::done, turn, window.columns, style));
        }
    }
    std::size_t waiting = 0;
    if (lines.size() + shown.size() > most) {
        waiting = take_out(shown, {Mark::waiting});
    }
    const std::size_t room = most - std::min(most, lines.size() + (waiting > 0 ? 1 : 0));
    std::size_t more = 0;
    if (shown.size() > room) {
        const std::size_t kept = room > 0 ? room - 1 : 0;
        more = shown.size() - kept;
        shown.resize(kept);
    }
    for (const BoardRow* row : shown) {
        lines.push_back(line(*row, columns, window.columns, turn, style));
    }
    if (more > 0) {
        lines.push_back(folded(more, "more at work", Mark::working, turn, window.columns, style));
    }
    if (waiting > 0) {
        lines.push_back(folded(waiting, "waiting", Mark::waiting, turn, window.columns, style));
    }
    lines.resize(std::min(lines.size(), most));
    return lines;
}

std::vector<ScreenLine> last_frame(const std::vector<BoardRow>& rows, std::size_t columns,
                                   Style style) {
    std::vector<const BoardRow*> shown = all_of(rows);
    const Columns widths = columns_of(shown);
    std::vector<ScreenLine> lines;
    lines.reserve(shown.size());
    for (const BoardRow* row : shown) {
        lines.push_back(line(*row, widths, columns, 0, style));
    }
    return lines;
}

}  // namespace present
