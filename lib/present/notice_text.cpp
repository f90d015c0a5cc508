#include "present/notice_text.hpp"

namespace present {

std::string to_text(const diagnostics::Diagnostic& notice, const diagnostics::Source* source,
                    diagnostics::Style style) {
    if (notice.where && source != nullptr) {
        return diagnostics::render(notice, *source, style);
    }
    std::string text =
        diagnostics::labelled(diagnostics::word(notice.severity),
                              diagnostics::paint_of(notice.severity), notice.message, style);
    if (!notice.hint.empty()) {
        text += diagnostics::labelled("hint", diagnostics::Paint::hint, notice.hint, style);
    }
    return text;
}

}  // namespace present
