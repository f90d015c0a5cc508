#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "diagnostics/diagnostic.hpp"

namespace diagnostics {

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
    [[nodiscard]] Diagnostics in_document_order() &&;

private:
    void add(Diagnostic error);
    void add_remark(Diagnostic remark);

    Diagnostics found_;
    std::size_t errors_ = 0;
    bool dropped_ = false;
};

}  // namespace diagnostics
