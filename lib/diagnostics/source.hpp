#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace diagnostics {

// A half-open range of bytes in a source's text.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;

    friend bool operator==(const Span&, const Span&) = default;
};

// Counted from 1. Columns count characters (code points); a tab is one, a byte order mark none.
struct Position {
    std::size_t line = 1;
    std::size_t column = 1;

    friend bool operator==(const Position&, const Position&) = default;
};

// A text and the name it is shown under: a file's path, or `<stdin>`.
class Source {
public:
    Source(std::string name, std::string text);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] Position position(std::size_t offset) const;
    // The line alone, which is cheap however long the lines are.
    [[nodiscard]] std::size_t line_number(std::size_t offset) const;
    // The text of a line (counted from 1) without its line break; empty beyond the end.
    [[nodiscard]] std::string_view line(std::size_t number) const;
    // Where that text begins; the end of the text beyond its end.
    [[nodiscard]] std::size_t line_start(std::size_t number) const;
    // `name:line:column`, as every message shows a place.
    [[nodiscard]] std::string place(Span span) const;

private:
    std::string name_;
    std::string text_;
    std::vector<std::size_t> line_starts_;
};

}  // namespace diagnostics
