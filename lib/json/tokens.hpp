#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/syntax_mistakes.hpp"

namespace json {

enum class TokenKind {
    open_object,
    close_object,
    open_array,
    close_array,
    colon,
    comma,
    string,  // `text` is decoded
    number,  // `text` is as written, and valid
    word,    // letters without quotes: true, false, null, or a mistake
    broken,  // a value that was reported already
    end,
};

struct Token {
    TokenKind kind = TokenKind::end;
    Span span;
    std::string text;
    // How its line is laid out: people indent by what they mean, whatever the brackets say.
    std::size_t indentation = 0;
    bool first_on_line = false;
};

// Cuts a JSON text into tokens; skips comments and a byte order mark. Reports what is wrong within
// a token, and characters that begin none. Bytes that are not UTF-8 are read as letters.
class Tokens {
public:
    Tokens(std::string_view text, SyntaxMistakes& mistakes);

    [[nodiscard]] Token next();

private:
    void skip_blank();
    void skip_comment();
    void new_line();
    void skip_unexpected_character();

    [[nodiscard]] Token punctuation(TokenKind kind);
    [[nodiscard]] Token string();
    [[nodiscard]] Token number();
    [[nodiscard]] Token word();
    [[nodiscard]] Token take(TokenKind kind, std::size_t end);

    std::string_view text_;
    SyntaxMistakes& mistakes_;
    std::size_t at_ = 0;
    std::size_t line_begin_ = 0;
    std::size_t indentation_ = 0;
    bool at_line_begin_ = true;
};

}  // namespace json
