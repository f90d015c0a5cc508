#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "diagnostics/diagnostic.hpp"

namespace appliance {

using diagnostics::Span;

// Collects what there is to say about one document. After 200 errors further ones are dropped:
// nobody reads them, and a hostile document could make millions.
class Problems {
public:
    void error(std::string message, Span where, std::string hint,
               std::optional<Span> next = std::nullopt);
    // About the document as a whole.
    void error(std::string message, std::string hint);
    void warning(std::string message, Span where, std::string hint);
    void note(std::string message, Span where, std::string hint);

    // More than that many were reported already: what else is wrong need not be looked into.
    [[nodiscard]] bool full() const { return dropped_; }
    [[nodiscard]] bool has_errors() const { return errors_ > 0; }
    [[nodiscard]] diagnostics::Diagnostics in_document_order() &&;

private:
    void add(diagnostics::Diagnostic error);
    void add_remark(diagnostics::Diagnostic remark);

    diagnostics::Diagnostics found_;
    std::size_t errors_ = 0;
    bool dropped_ = false;
};

}  // namespace appliance
