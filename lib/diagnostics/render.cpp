#include "diagnostics/render.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "base/display_width.hpp"
#include "base/printable.hpp"
#include "diagnostics/excerpt.hpp"
#include "diagnostics/wrap.hpp"

namespace diagnostics {
namespace {

// The column of line numbers beside the lines of the document.
class Gutter {
public:
    explicit Gutter(std::size_t largest_number)
        : width_(fmt::formatted_size("{}", largest_number)) {}

    [[nodiscard]] std::string numbered(std::size_t number, std::string_view text) const {
        return fmt::format("{:>{}} |{}{}\n", number, width_, text.empty() ? "" : " ", text);
    }
    // How much of a line is shown beside it, so that `…` before and behind fit too.
    [[nodiscard]] std::size_t room(Style style) const {
        const std::size_t taken = width_ + 3 + 2 * base::display_width(ellipsis(style.marks));
        return style.columns ? std::clamp(*style.columns, taken + narrowest, taken + widest) - taken
                             : widest;
    }
    [[nodiscard]] std::string plain(std::string_view text) const {
        return fmt::format("{:>{}} |{}{}\n", "", width_, text.empty() ? "" : " ", text);
    }

private:
    static constexpr std::size_t narrowest = 20;
    static constexpr std::size_t widest = 100;
    std::size_t width_;
};

Marked within_line(const Source& source, std::size_t line, Span span) {
    const std::size_t start = source.line_start(line);
    return {span.begin - std::min(start, span.begin), span.end - std::min(start, span.end)};
}

std::string lines_of(const Diagnostic& diagnostic, const Source& source, Style style) {
    const std::size_t line = source.line_number(diagnostic.where->begin);
    const std::size_t next = diagnostic.next ? source.line_number(diagnostic.next->begin) : 0;
    const Gutter gutter(std::max(line, next));

    const Excerpt shown = excerpt(source.line(line), within_line(source, line, *diagnostic.where),
                                  gutter.room(style), style.marks);
    const std::size_t indent = shown.carets.find('^');
    std::string text = gutter.plain("");
    text += gutter.numbered(line, shown.text);
    text += gutter.plain(shown.carets.substr(0, indent) +
                         paint(shown.carets.substr(indent), paint_of(diagnostic.severity), style));
    if (next > line) {
        text += gutter.numbered(
            next, excerpt(source.line(next), within_line(source, next, *diagnostic.next),
                          gutter.room(style), style.marks)
                      .text);
    }
    return text;
}

}  // namespace

std::string labelled(std::string_view label, Paint with, std::string_view text, Style style) {
    const std::string printable = with_marks(base::printable(text), style.marks);
    return fmt::format("{}: {}\n", paint(label, with, style),
                       wrap(printable, label.size() + 2, style.columns));
}

std::string render(const Diagnostic& diagnostic, const Source& source, Style style) {
    std::string text = labelled(word(diagnostic.severity), paint_of(diagnostic.severity),
                                diagnostic.message, style);
    if (diagnostic.where) {
        text += fmt::format("  --> {}\n", source.place(*diagnostic.where));
        text += lines_of(diagnostic, source, style);
    } else {
        text += fmt::format("  --> {}\n", base::printable(source.name()));
    }
    if (!diagnostic.hint.empty()) {
        text += labelled("hint", Paint::hint, diagnostic.hint, style);
    }
    return text;
}

std::string render(const Diagnostics& diagnostics, const Source& source, Style style) {
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics) {
        text += text.empty() ? "" : "\n";
        text += render(diagnostic, source, style);
    }
    return text;
}

bool has_errors(const Diagnostics& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const Diagnostic& each) { return each.severity == Severity::error; });
}

std::string summary(const Diagnostics& diagnostics, const Source& source) {
    const auto errors =
        std::count_if(diagnostics.begin(), diagnostics.end(),
                      [](const Diagnostic& each) { return each.severity == Severity::error; });
    if (errors == 0) {
        return "";
    }
    return fmt::format("{} error{} in {}; nothing was changed\n", errors, errors == 1 ? "" : "s",
                       base::printable(source.name()));
}

}  // namespace diagnostics
