#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/problems.hpp"

namespace json {

using diagnostics::Span;

// Whether the reader knows how to go on after a mistake, or has to guess what was meant.
enum class After { sure, guessed };

// Reports mistakes of the syntax. What follows a guess on the same line is mostly its consequence
// and is not reported; the document's meaning is judged only when no guess was needed.
class SyntaxMistakes {
public:
    SyntaxMistakes(std::string_view text, diagnostics::Problems& problems)
        : text_(text), problems_(problems) {}

    void report(After after, std::string message, Span where, std::string hint,
                std::optional<Span> next = std::nullopt);
    // Goes on by a guess after a mistake that was reported in another place.
    void guess() { guessed_ = true; }
    // The last one: nothing that follows is reported.
    void report_and_stop(std::string message, Span where, std::string hint);

    [[nodiscard]] bool stopped() const {
        return quiet_until_ == std::string_view::npos || problems_.full();
    }
    [[nodiscard]] bool guessed() const { return guessed_; }

private:
    std::string_view text_;
    diagnostics::Problems& problems_;
    std::size_t quiet_until_ = 0;
    bool guessed_ = false;
};

}  // namespace json
