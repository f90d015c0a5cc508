#include "present/message.hpp"

#include <fmt/format.h>

#include "diagnostics/render.hpp"
#include "present/cells.hpp"

namespace present {

namespace {

using diagnostics::Paint;

std::string_view label_of(Message::Kind kind) {
    switch (kind) {
        case Message::Kind::error: return "error";
        case Message::Kind::note: return "note";
        case Message::Kind::interrupted: return "interrupted";
        case Message::Kind::terminated: return "terminated";
    }
    return "";
}

Paint paint_of(Message::Kind kind) {
    switch (kind) {
        case Message::Kind::error: return Paint::error;
        case Message::Kind::note: return Paint::note;
        case Message::Kind::interrupted:
        case Message::Kind::terminated: return Paint::warning;
    }
    return Paint::error;
}

}  // namespace

std::string to_text(const Message& message, Style style) {
    std::string text = diagnostics::labelled(label_of(message.kind), paint_of(message.kind),
                                             message.headline, style);
    if (!message.place.empty()) {
        text += fmt::format("  --> {}\n", printable(message.place));
    }
    for (const std::string& detail : message.details) {
        text += fmt::format("  {}\n", diagnostics::with_marks(printable(detail), style.marks));
    }
    if (!message.hint.empty()) {
        text += diagnostics::labelled("hint", Paint::hint, message.hint, style);
    }
    return text;
}

std::string to_text(const std::vector<Message>& messages, Style style) {
    std::string text;
    for (const Message& message : messages) {
        text += (text.empty() ? "" : "\n") + to_text(message, style);
    }
    return text;
}

}  // namespace present
