#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "diagnostics/wording.hpp"
#include "json/parser.hpp"

// How the parser goes on where a document does not follow the grammar.
namespace json {
namespace {

struct Spelling {
    std::string_view wrong;
    std::string_view right;
};

// How other languages write JSON's three words.
constexpr std::array<Spelling, 10> spellings{{
    {"True", "true"},
    {"TRUE", "true"},
    {"False", "false"},
    {"FALSE", "false"},
    {"None", "null"},
    {"Null", "null"},
    {"NULL", "null"},
    {"nil", "null"},
    {"undefined", "null"},
    {"NaN", "null"},
}};

std::string advice_on_word(std::string_view word) {
    for (const Spelling& spelling : spellings) {
        if (word == spelling.wrong) {
            return fmt::format("write `{}`", spelling.right);
        }
    }
    return fmt::format("text stands in double quotes: {}",
                       diagnostics::in_backticks(fmt::format("\"{}\"", word)));
}

bool is_closing(TokenKind kind) {
    return kind == TokenKind::close_object || kind == TokenKind::close_array;
}

bool closes(const Token& token, const Token& opening) {
    return token.kind == (opening.kind == TokenKind::open_object ? TokenKind::close_object
                                                                 : TokenKind::close_array);
}

char closing_of(const Token& opening) { return opening.kind == TokenKind::open_object ? '}' : ']'; }

}  // namespace

bool Parser::ends_entry() const {
    return is_closing(token_.kind) || token_.kind == TokenKind::comma ||
           token_.kind == TokenKind::end;
}

bool Parser::begins_value() const { return !ends_entry() && token_.kind != TokenKind::colon; }

bool Parser::begins_key() const {
    return begins_value() && token_.kind != TokenKind::open_object &&
           token_.kind != TokenKind::open_array;
}

Value Parser::word() {
    const Token token = advance();
    if (token.text == "true" || token.text == "false") {
        return {token.text == "true", token.span};
    }
    if (token.text == "null") {
        return {Null{}, token.span};
    }
    Span where = token.span;
    const bool goes_on = token_.kind == TokenKind::colon;  // as an unquoted `nginx:1.27` does
    const std::string_view text = source_.text();
    if (goes_on) {
        const std::size_t end = text.find_first_of(",]}\" \t\r\n", where.begin);
        where.end = std::max(where.end, std::min(end, text.size()));
    }
    const std::string_view written = text.substr(where.begin, where.end - where.begin);
    mistakes_.report(goes_on ? After::guessed : After::sure,
                     fmt::format("{} is no JSON value", diagnostics::in_backticks(written)), where,
                     depth_ == 0 ? std::string(expected_.beginning) : advice_on_word(written));
    return {Broken{}, token.span};
}

bool Parser::closed(const Opening& opening) {
    while (skipped_surplus_comma() || skipped_surplus_bracket()) {
    }
    if (closes(token_, opening.bracket)) {
        advance();
        return true;
    }
    if (is_closing(token_.kind) || token_.kind == TokenKind::end) {
        report_unclosed(opening, token_.span);
        return true;
    }
    note_suspect(opening);
    return false;
}

Parser::Then Parser::separated(const Opening& opening, const Value& entry, std::string_view key) {
    while (token_.kind == TokenKind::colon) {
        mistakes_.report(After::guessed, "unexpected `:`", token_.span,
                         "put the text around it in double quotes, or remove it");
        advance();
    }
    if (token_.kind == TokenKind::comma) {
        const Span comma = advance().span;
        if (is_closing(token_.kind)) {
            mistakes_.report(After::sure, "a comma too many", comma,
                             "remove it: no entry follows it");
        }
        return Then::next_entry;
    }
    const bool was_implied = std::exchange(end_was_implied_, false);
    if (ends_entry() || was_implied || entry.as<Broken>() != nullptr) {
        return Then::next_entry;
    }
    if (steps_out(opening)) {
        mistakes_.report(After::sure,
                         fmt::format("`{}` is missing here", closing_of(opening.bracket)),
                         {last_end_, last_end_}, describe(opening), token_.span);
        end_was_implied_ = true;
        return Then::implied_end;
    }
    report_missing_comma(opening, key);
    return Then::next_entry;
}

void Parser::report_missing_comma(const Opening& opening, std::string_view key) {
    std::string between = "the two entries";
    if (opening.bracket.kind == TokenKind::open_object && !token_.text.empty()) {
        between = fmt::format("{} and {}", diagnostics::in_backticks(key),
                              diagnostics::in_backticks(token_.text));
    } else if (!opening.key.empty()) {
        between += fmt::format(" of {}", diagnostics::in_backticks(opening.key));
    }
    mistakes_.report(After::sure, "a comma is missing here", {last_end_, last_end_},
                     fmt::format("put `,` between {}", between), token_.span);
}

Member Parser::keyless_member(const Opening& opening) {
    const Span where = token_.span;
    if (suspect_) {
        report_unclosed(opening, where);
    } else {
        mistakes_.report(After::guessed, "a key is missing here", where,
                         "in an object each value has its key: `\"key\": value`");
    }
    if (token_.kind == TokenKind::colon) {
        advance();
    }
    if (begins_value()) {
        static_cast<void>(value(""));
    }
    return {"", where, {Broken{}, where}};
}

void Parser::skip_second_values(const Member& member) {
    while (begins_value() && !begins_key() && !end_was_implied_) {
        mistakes_.report(
            After::guessed,
            fmt::format("{} has a value already", diagnostics::in_backticks(member.key)),
            token_.span, "put `[ ]` around several values, or a key before this one");
        static_cast<void>(value(member.key));
    }
}

void Parser::skip_value_of_key_in_list(const Opening& opening, const Value& entry) {
    if (token_.kind != TokenKind::colon) {
        return;
    }
    if (suspect_) {
        report_unclosed(opening, entry.span);
    } else {
        mistakes_.report(After::guessed, "a list has no keys", token_.span,
                         "put `{ }` around a key and its value");
    }
    advance();
    if (begins_value()) {
        static_cast<void>(value(opening.key));
    }
}

bool Parser::skipped_surplus_comma() {
    if (token_.kind != TokenKind::comma) {
        return false;
    }
    mistakes_.report(After::sure, "a comma too many", token_.span,
                     "remove it: no entry stands before it");
    advance();
    return true;
}

bool Parser::skipped_surplus_bracket() {
    const bool is_surplus = (token_.kind == TokenKind::close_object && open_objects_ == 0) ||
                            (token_.kind == TokenKind::close_array && open_arrays_ == 0);
    if (!is_surplus) {
        return false;
    }
    if (!brackets_are_wrong_) {
        const char bracket = source_.text()[token_.span.begin];
        mistakes_.report(After::sure, fmt::format("this `{}` closes nothing", bracket), token_.span,
                         "remove it, or write the bracket that it closes");
    }
    advance();
    if (token_.kind == TokenKind::comma) {
        advance();
    }
    return true;
}

void Parser::report_unclosed(const Opening& opening, Span found) {
    if (std::exchange(brackets_are_wrong_, true)) {
        return mistakes_.guess();
    }
    const char missing = suspect_ ? suspect_->closing : closing_of(opening.bracket);
    const std::string hint = suspect_ ? suspect_->description : describe(opening);
    if (found.begin == found.end) {
        mistakes_.report_and_stop(
            fmt::format("the document ends too early: `{}` is missing", missing),
            {last_end_, last_end_}, hint);
    } else {
        const std::string_view text = source_.text();
        mistakes_.report(After::guessed,
                         fmt::format("`{}` is missing before this {}", missing,
                                     diagnostics::in_backticks(
                                         text.substr(found.begin, found.end - found.begin))),
                         found, hint);
    }
}

bool Parser::steps_out(const Opening& opening) const {
    return token_.first_on_line && opening.entries_indentation > opening.bracket.indentation &&
           token_.indentation <= opening.bracket.indentation;
}

void Parser::note_suspect(const Opening& opening) {
    if (!suspect_ && steps_out(opening)) {
        suspect_ = Suspect{describe(opening), closing_of(opening.bracket)};
    }
}

std::string Parser::describe(const Opening& opening) const {
    return fmt::format(
        "the `{}`{} in line {} is not closed",
        opening.bracket.kind == TokenKind::open_object ? '{' : '[',
        opening.key.empty() ? "" : fmt::format(" of {}", diagnostics::in_backticks(opening.key)),
        source_.line_number(opening.bracket.span.begin));
}

}  // namespace json
