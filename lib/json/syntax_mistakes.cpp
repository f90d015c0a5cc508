#include "json/syntax_mistakes.hpp"

#include <algorithm>
#include <utility>

namespace json {

void SyntaxMistakes::report(After after, std::string message, Span where, std::string hint,
                            std::optional<Span> next) {
    const bool quiet = where.begin < quiet_until_;
    if (!quiet) {
        problems_.error(std::move(message), where, std::move(hint), next);
    }
    if (after == After::guessed) {
        guessed_ = true;
        if (!quiet) {
            quiet_until_ = std::min(text_.find('\n', where.begin), text_.size()) + 1;
        }
    }
}

void SyntaxMistakes::report_and_stop(std::string message, Span where, std::string hint) {
    report(After::guessed, std::move(message), where, std::move(hint));
    quiet_until_ = std::string_view::npos;
}

}  // namespace json
