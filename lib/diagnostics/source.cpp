#include "diagnostics/source.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/printable.hpp"
#include "base/utf8.hpp"

namespace diagnostics {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
    line_starts_.push_back(text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
    for (std::size_t at = text_.find('\n'); at != std::string::npos;
         at = text_.find('\n', at + 1)) {
        line_starts_.push_back(at + 1);
    }
}

std::size_t Source::line_number(std::size_t offset) const {
    const auto after = std::upper_bound(line_starts_.begin() + 1, line_starts_.end(), offset);
    return static_cast<std::size_t>(after - line_starts_.begin());
}

Position Source::position(std::size_t offset) const {
    const std::size_t line = line_number(offset);
    const std::size_t end = std::min(offset, text_.size());
    const std::size_t begin = std::min(line_starts_[line - 1], end);
    return {line, base::count_characters(std::string_view(text_).substr(begin, end - begin)) + 1};
}

std::string_view Source::line(std::size_t number) const {
    if (number == 0 || number > line_starts_.size()) {
        return {};
    }
    const std::size_t start = line_starts_[number - 1];
    std::string_view text = std::string_view(text_).substr(start);
    text = text.substr(0, text.find('\n'));
    if (text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    return text;
}

std::size_t Source::line_start(std::size_t number) const {
    return number == 0 || number > line_starts_.size() ? text_.size() : line_starts_[number - 1];
}

std::string Source::place(Span span) const {
    const Position at = position(span.begin);
    return fmt::format("{}:{}:{}", base::printable(name_), at.line, at.column);
}

}  // namespace diagnostics
