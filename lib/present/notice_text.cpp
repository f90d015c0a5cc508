#include "present/notice_text.hpp"

#include <fmt/format.h>

#include "present/cells.hpp"

namespace present {

std::string to_text(const diagnostics::Diagnostic& notice, const diagnostics::Source* source,
                    diagnostics::Style style) {
    if (notice.where && source != nullptr) {
        return diagnostics::render(notice, *source, style);
    }
    const auto label = diagnostics::paint(diagnostics::word(notice.severity),
                                          diagnostics::paint_of(notice.severity), style);
    std::string text = fmt::format("{}: {}\n", label, printable(notice.message));
    if (!notice.hint.empty()) {
        text += fmt::format("{}: {}\n", diagnostics::paint("hint", diagnostics::Paint::hint, style),
                            printable(notice.hint));
    }
    return text;
}

}  // namespace present
