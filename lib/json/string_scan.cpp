#include "json/string_scan.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "diagnostics/wording.hpp"
#include "json/escape.hpp"

namespace json {
namespace {

struct Quote {
    std::string_view text;
    char plain;  // what it stands for
};

// Word processors and web pages turn quotes into the others.
constexpr std::array<Quote, 7> quotes{{
    {"\"", '"'},
    {"'", '\''},
    {"“", '"'},
    {"”", '"'},
    {"„", '"'},
    {"‘", '\''},
    {"’", '\''},
}};

const Quote* quote_at(std::string_view text, std::size_t at) {
    if (text[at] != '"' && text[at] != '\'' && text[at] != '\xE2') {
        return nullptr;
    }
    const std::string_view here = text.substr(at, 3);
    const auto* found = std::find_if(quotes.begin(), quotes.end(), [&](const Quote& each) {
        return here.starts_with(each.text);
    });
    return found == quotes.end() ? nullptr : found;
}

// What may be a quote, an escape or a control character; all else is itself.
bool is_special(char c) {
    return c == '"' || c == '\\' || c == '\'' || c == '\xE2' ||
           static_cast<unsigned char>(c) < 0x20;
}

// After a line break in a string: does the text go on as JSON does, so that the closing quote was
// forgotten, or is the break part of the string?
bool goes_on_as_json(std::string_view text, std::size_t line_break) {
    const std::size_t next = text.find_first_not_of(" \t\r\n", line_break);
    return next == std::string_view::npos ||
           std::string_view("\"{}[]/").find(text[next]) != std::string_view::npos;
}

class Scan {
public:
    Scan(std::string_view text, std::size_t at, SyntaxMistakes& mistakes)
        : text_(text), begin_(at), at_(at), opening_(*quote_at(text, at)), mistakes_(mistakes) {}

    ScannedString run() {
        at_ += opening_.text.size();
        while (at_ < text_.size()) {
            if (!is_special(text_[at_])) {
                take_plain();
            } else if (const Quote* quote = quote_at(text_, at_); quote && closes(*quote)) {
                at_ += quote->text.size();
                report_quotes();
                return {std::move(decoded_), at_, Closed::yes};
            } else if (text_[at_] == '\\') {
                take_escape();
            } else if (text_[at_] == '\n' && !has_line_break_ && goes_on_as_json(text_, at_)) {
                return unclosed(at_);
            } else if (static_cast<unsigned char>(text_[at_]) < 0x20) {
                take_control_character();
            } else {
                decoded_ += text_[at_++];
            }
        }
        return unclosed(text_.size());
    }

private:
    [[nodiscard]] bool closes(const Quote& quote) const {
        return opening_.text == "\"" ? quote.text == "\"" : quote.plain == opening_.plain;
    }

    void take_plain() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && !is_special(text_[at_])) {
            ++at_;
        }
        decoded_ += text_.substr(begin, at_ - begin);
    }

    void take_escape() {
        const Escape escape = read_escape(text_, at_);
        if (escape.fault != EscapeFault::none && !mistakes_.stopped()) {
            report(escape);
        }
        decoded_ += escape.decoded;
        at_ += escape.length;
    }

    void report(const Escape& escape) {
        const Span where{at_, at_ + escape.length};
        const std::string_view written = text_.substr(at_, escape.length);
        const auto report = [&](std::string message, std::string hint) {
            mistakes_.report(After::sure, std::move(message), where, std::move(hint));
        };
        switch (escape.fault) {
            case EscapeFault::none: return;
            case EscapeFault::unknown:
                return report(
                    fmt::format("JSON has no escape {}", diagnostics::in_backticks(written)),
                    "a backslash itself is written `\\\\`");
            case EscapeFault::escaped_at:
                return report("JSON has no escape `\\@`", "a literal @ is written `\\\\@`");
            case EscapeFault::bad_hexadecimal:
                return report("`\\u` needs four hexadecimal digits",
                              "a backslash itself is written `\\\\`");
            case EscapeFault::half_a_character:
                return report(fmt::format("`{}` is half a character", written),
                              "write both halves, as in `\\ud83d\\ude00`, or the character itself");
        }
    }

    void take_control_character() {
        const char c = text_[at_];
        if (c == '\n' && !has_line_break_) {
            const bool after_return = text_[at_ - 1] == '\r';
            const std::size_t end_of_line = after_return ? at_ - 1 : at_;
            mistakes_.report(After::sure, "a line break in a string", {end_of_line, end_of_line},
                             "write it as `\\n`, or close the string with `\"`");
            has_line_break_ = true;
        } else if (c != '\n' && c != '\r' && !has_control_character_) {
            mistakes_.report(
                After::sure, fmt::format("a control character (U+{:04X}) in a string", c),
                {at_, at_ + 1},
                c == '\t' ? "a tab is written `\\t`" : fmt::format("write it as `\\u{:04x}`", c));
            has_control_character_ = true;
        }
        decoded_ += c;
        ++at_;
    }

    ScannedString unclosed(std::size_t end) {
        std::size_t end_of_line = std::min(text_.find('\n', begin_), text_.size());
        if (text_[end_of_line - 1] == '\r') {
            --end_of_line;
        }
        mistakes_.report(After::guessed, "this string is not closed", {begin_, end_of_line},
                         "put `\"` where it ends");
        return {std::move(decoded_), end, Closed::no};
    }

    void report_quotes() {
        if (opening_.text == "\"") {
            return;
        }
        const bool has_quotes = decoded_.find('"') != std::string::npos;
        mistakes_.report(After::sure, "strings stand in double quotes", {begin_, at_},
                         has_quotes ? "put `\"` around it, and write `\\\"` for each `\"` in it"
                                    : "write " + diagnostics::in_backticks("\"" + decoded_ + "\""));
    }

    std::string_view text_;
    std::size_t begin_;
    std::size_t at_;
    Quote opening_;
    SyntaxMistakes& mistakes_;
    std::string decoded_;
    // Reported once for each string.
    bool has_line_break_ = false;
    bool has_control_character_ = false;
};

}  // namespace

std::size_t quote_length(std::string_view text, std::size_t at) {
    const Quote* quote = quote_at(text, at);
    return quote == nullptr ? 0 : quote->text.size();
}

ScannedString scan_string(std::string_view text, std::size_t at, SyntaxMistakes& mistakes) {
    return Scan(text, at, mistakes).run();
}

}  // namespace json
