#include "json/tokens.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "diagnostics/wording.hpp"
#include "json/number.hpp"
#include "json/string_scan.hpp"

namespace json {
namespace {

// What a word begins with. Characters beyond ASCII are letters here.
bool is_letter(char c) {
    return base::is_letter(c) || c == '_' || c == '$' || c == '@' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool goes_on_in_number(char c) {
    return base::is_digit(c) || is_letter(c) || c == '.' || c == '+' || c == '-';
}

bool goes_on_in_word(char c) { return goes_on_in_number(c) || c == '/'; }

bool is_one_of(std::string_view characters, std::string_view text, std::size_t at) {
    return at < text.size() && characters.find(text[at]) != std::string_view::npos;
}

std::string_view advice_on(std::string_view character) {
    if (character == "=") {
        return "a key and its value are separated by `:`";
    }
    if (character == ";") {
        return "entries are separated by `,`";
    }
    if (character == "/") {
        return "a comment begins with `//` or `/*`";
    }
    if (character == "`" || character == "\\") {
        return "strings stand in double quotes";
    }
    return "remove it, or put it in double quotes if it is text";
}

}  // namespace

Tokens::Tokens(std::string_view text, SyntaxMistakes& mistakes) : text_(text), mistakes_(mistakes) {
    if (text_.starts_with("\xEF\xBB\xBF")) {
        at_ = 3;
    }
}

Token Tokens::next() {
    while (true) {
        skip_blank();
        if (at_ >= text_.size() || mistakes_.stopped()) {
            return take(TokenKind::end, at_);
        }
        const char c = text_[at_];
        switch (c) {
            case '{': return punctuation(TokenKind::open_object);
            case '}': return punctuation(TokenKind::close_object);
            case '[': return punctuation(TokenKind::open_array);
            case ']': return punctuation(TokenKind::close_array);
            case ':': return punctuation(TokenKind::colon);
            case ',': return punctuation(TokenKind::comma);
            default: break;
        }
        if (quote_length(text_, at_) > 0) {
            return string();
        }
        if (base::is_digit(c) || c == '-' || c == '+' || c == '.') {
            return number();
        }
        if (is_letter(c)) {
            return word();
        }
        skip_unexpected_character();
    }
}

void Tokens::skip_blank() {
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (c == '\n') {
            new_line();
        } else if (c == ' ' || c == '\t' || c == '\r') {
            ++at_;
        } else if (c == '#' || (c == '/' && is_one_of("/*", text_, at_ + 1))) {
            skip_comment();
        } else {
            return;
        }
    }
}

void Tokens::new_line() {
    ++at_;
    line_begin_ = at_;
    at_line_begin_ = true;
}

void Tokens::skip_comment() {
    if (text_.substr(at_, 2) != "/*") {
        if (text_[at_] == '#') {
            mistakes_.report(After::sure, "`#` begins no comment", {at_, at_ + 1},
                             "a comment begins with `//` or `/*`");
        }
        at_ = std::min(text_.find('\n', at_), text_.size());
        return;
    }
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) {
        mistakes_.report_and_stop("this comment is not closed", {at_, at_ + 2},
                                  "put `*/` where it ends");
        at_ = text_.size();
        return;
    }
    while (at_ < end) {
        if (text_[at_] == '\n') {
            new_line();
        } else {
            ++at_;
        }
    }
    at_ = end + 2;
}

void Tokens::skip_unexpected_character() {
    const std::size_t length = base::character_at(text_, at_).length;
    const std::string_view character = text_.substr(at_, length);
    mistakes_.report(After::guessed, fmt::format("unexpected `{}`", character), {at_, at_ + length},
                     std::string(advice_on(character)));
    at_ += length;
}

Token Tokens::take(TokenKind kind, std::size_t end) {
    if (at_line_begin_) {
        indentation_ = at_ - line_begin_;
    }
    Token token{kind, {at_, end}, "", indentation_, std::exchange(at_line_begin_, false)};
    at_ = end;
    return token;
}

Token Tokens::punctuation(TokenKind kind) { return take(kind, at_ + 1); }

Token Tokens::string() {
    ScannedString scanned = scan_string(text_, at_, mistakes_);
    Token token =
        take(scanned.closed == Closed::yes ? TokenKind::string : TokenKind::broken, scanned.end);
    token.text = std::move(scanned.decoded);
    if (token.kind == TokenKind::string && at_ < text_.size() &&
        (is_letter(text_[at_]) || base::is_digit(text_[at_]))) {
        mistakes_.report(After::guessed, "the string ends here, and text follows", {at_ - 1, at_},
                         "write `\\\"` for a `\"` in a string");
    }
    return token;
}

Token Tokens::number() {
    const auto end = std::find_if_not(text_.begin() + static_cast<std::ptrdiff_t>(at_), text_.end(),
                                      goes_on_in_number);
    Token token = take(TokenKind::number, static_cast<std::size_t>(end - text_.begin()));
    token.text = text_.substr(token.span.begin, token.span.end - token.span.begin);
    if (const auto advice = advice_on_number(token.text)) {
        token.kind = TokenKind::broken;
        mistakes_.report(
            After::sure,
            fmt::format("{} is no number in JSON", diagnostics::in_backticks(token.text)),
            token.span, *advice);
    }
    return token;
}

Token Tokens::word() {
    const auto end = std::find_if_not(text_.begin() + static_cast<std::ptrdiff_t>(at_), text_.end(),
                                      goes_on_in_word);
    Token token = take(TokenKind::word, static_cast<std::size_t>(end - text_.begin()));
    token.text = text_.substr(token.span.begin, token.span.end - token.span.begin);
    if (at_ < text_.size() && text_[at_] == '"') {
        token.span.end = ++at_;
        token.kind = TokenKind::string;
        mistakes_.report(
            After::sure, "this string has no `\"` at its beginning", token.span,
            fmt::format("write {}", diagnostics::in_backticks("\"" + token.text + "\"")));
    }
    return token;
}

}  // namespace json
