#include "diagnostics/style.hpp"

#include <fmt/format.h>

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
