#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/display_width.hpp"
#include "base/utf8.hpp"

// A terminal small enough to trust: lines of text, a cursor, and the three control sequences that
// pivot uses (up, erase to the end of the line, erase below).
class Screen {
public:
    explicit Screen(std::size_t columns) : columns_(columns) {}

    void write(std::string_view text) {
        while (!text.empty()) {
            const std::size_t taken = text.starts_with("\x1b[") ? control(text) : print(text);
            text.remove_prefix(taken);
        }
    }

    // As terminals do it: lines that are too long are wrapped, and the cursor stays behind what it
    // stood behind.
    void narrow_to(std::size_t columns) {
        columns_ = columns;
        std::vector<std::string> wrapped;
        std::size_t cursor = 0;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (i == row_) {
                cursor = wrapped.size();
            }
            std::string rest = lines_[i];
            do {
                const std::size_t end = cells_in(rest, columns_);
                wrapped.push_back(rest.substr(0, end));
                rest.erase(0, end);
            } while (!rest.empty());
        }
        lines_ = wrapped;
        row_ = cursor;
    }

    [[nodiscard]] std::size_t cursor_row() const { return row_; }

    // What stands there, down to the last line with anything in it.
    [[nodiscard]] std::string text() const {
        std::string text;
        std::string empty;
        for (const std::string& line : lines_) {
            empty += line.empty() ? "\n" : "";
            if (!line.empty()) {
                text += empty + line + "\n";
                empty.clear();
            }
        }
        return text;
    }

private:
    // How many bytes of the line take at most so many cells.
    static std::size_t cells_in(std::string_view line, std::size_t cells) {
        std::size_t end = 0;
        while (end < line.size()) {
            const std::size_t length = base::character_at(line, end).length;
            if (base::display_width(line.substr(0, end + length)) > cells) {
                break;
            }
            end += length;
        }
        return end;
    }

    std::size_t control(std::string_view text) {
        const std::size_t end = text.find_first_of("AKJ");
        const std::string number(text.substr(2, end - 2));
        switch (text[end]) {
            case 'A': row_ -= std::min(row_, static_cast<std::size_t>(std::stoul(number))); break;
            case 'K': line().resize(at_); break;
            case 'J':
                line().resize(at_);
                lines_.resize(row_ + 1);
                break;
        }
        return end + 1;
    }

    std::size_t print(std::string_view text) {
        if (text.front() == '\r') {
            at_ = 0;
            return 1;
        }
        if (text.front() == '\n') {
            ++row_;
            at_ = 0;
            line();
            return 1;
        }
        const std::size_t end = std::min(text.find_first_of("\r\n\x1b"), text.size());
        std::string& over = line();
        const std::size_t covered =
            cells_in(over.substr(at_), base::display_width(text.substr(0, end)));
        over.replace(at_, covered, text.substr(0, end));
        at_ += end;
        return end;
    }

    std::string& line() {
        if (lines_.size() <= row_) {
            lines_.resize(row_ + 1);
        }
        return lines_[row_];
    }

    std::size_t columns_;
    std::vector<std::string> lines_;
    std::size_t row_ = 0;
    std::size_t at_ = 0;  // in bytes: pivot always begins at the beginning of a line
};
