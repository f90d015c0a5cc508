#include "present/ink.hpp"

#include <fmt/format.h>

namespace present {
namespace {

// ECMA-48 "select graphic rendition".
int code(Ink ink) {
    switch (ink) {
        case Ink::green: return 32;
        case Ink::yellow: return 33;
        case Ink::red: return 31;
        case Ink::cyan: return 36;
    }
    return 0;
}

}  // namespace

std::string paint(std::string_view mark, Ink ink, Style style) {
    switch (style.colour) {
        case diagnostics::Colour::off: break;
        case diagnostics::Colour::on: return fmt::format("\x1b[{}m{}\x1b[0m", code(ink), mark);
    }
    return std::string(mark);
}

}  // namespace present
