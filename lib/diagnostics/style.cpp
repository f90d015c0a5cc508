#include "diagnostics/style.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.hpp"

namespace diagnostics {
namespace {

// ECMA-48 "select graphic rendition": bold, and one of the eight colours that every terminal has.
std::string_view code(Paint with) {
    switch (with) {
        case Paint::error: return "1;31";
        case Paint::warning: return "1;33";
        case Paint::note: return "1;34";
        case Paint::hint: return "1;36";
    }
    return "";
}

}  // namespace

// POSIX leaves the names open; every system writes `de_DE.UTF-8`, `C.utf8` or the like.
Marks marks_of_locale(std::string_view lc_all, std::string_view lc_ctype, std::string_view lang) {
    const std::string_view locale = !lc_all.empty() ? lc_all : !lc_ctype.empty() ? lc_ctype : lang;
    const std::string charset =
        base::in_lower_case(locale.substr(std::min(locale.find('.'), locale.size())));
    const bool is_utf8 = charset.starts_with(".utf-8") || charset.starts_with(".utf8");
    return is_utf8 ? Marks::unicode : Marks::ascii;
}

std::string with_marks(std::string text, Marks marks) {
    constexpr std::string_view unicode = ellipsis(Marks::unicode);
    if (marks == Marks::ascii) {
        for (std::size_t at = text.find(unicode); at != std::string::npos;
             at = text.find(unicode, at)) {
            text.replace(at, unicode.size(), ellipsis(marks));
        }
    }
    return text;
}

std::string paint(std::string_view text, Paint with, Style style) {
    switch (style.colour) {
        case Colour::off: return std::string(text);
        case Colour::on: return fmt::format("\x1b[{}m{}\x1b[0m", code(with), text);
    }
    return "";
}

Paint paint_of(Severity severity) {
    switch (severity) {
        case Severity::error: return Paint::error;
        case Severity::warning: return Paint::warning;
        case Severity::note: return Paint::note;
    }
    return Paint::error;
}

std::string_view word(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: return "note";
    }
    return "";
}

}  // namespace diagnostics
