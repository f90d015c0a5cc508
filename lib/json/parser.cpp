#include "json/parser.hpp"

#include <utility>

#include <fmt/format.h>

#include "diagnostics/wording.hpp"
#include "json/duplicates.hpp"

namespace json {
namespace {

constexpr std::size_t deepest_nesting = 100;

}  // namespace

Parser::Parser(const diagnostics::Source& source, diagnostics::Problems& problems,
               const Expected& expected)
    : source_(source),
      mistakes_(source.text(), problems),
      problems_(problems),
      expected_(expected),
      tokens_(source.text(), mistakes_),
      token_(tokens_.next()) {}

std::optional<Value> Parser::run() {
    if (token_.kind == TokenKind::end) {
        if (!problems_.has_errors()) {
            problems_.error("the document is empty", std::string(expected_.content));
        }
        return std::nullopt;
    }
    Value root = value("");
    if (token_.kind != TokenKind::end && !brackets_are_wrong_) {
        mistakes_.report_and_stop(
            "the document has ended before this", token_.span,
            "remove what follows, or the bracket that closes the document too early");
    }
    if (mistakes_.guessed() || mistakes_.stopped()) {
        return std::nullopt;
    }
    return root;
}

Token Parser::advance() {
    last_end_ = token_.span.end;
    return std::exchange(token_, tokens_.next());
}

Value Parser::value(std::string_view key) {
    switch (token_.kind) {
        case TokenKind::open_object:
        case TokenKind::open_array: return nested(key);
        case TokenKind::word: return word();
        case TokenKind::broken: return {Broken{}, advance().span};
        case TokenKind::string: {
            Token token = advance();
            return {std::move(token.text), token.span};
        }
        case TokenKind::number: {
            const Span span = advance().span;
            const std::string_view text = source_.text();
            return {Number{text.substr(span.begin, span.end - span.begin)}, span};
        }
        case TokenKind::close_object:
        case TokenKind::close_array:
        case TokenKind::colon:
        case TokenKind::comma:
        case TokenKind::end: break;
    }
    mistakes_.report(After::guessed, "a value is missing here", token_.span,
                     std::string(depth_ == 0 ? expected_.beginning : "write one, or remove this"));
    return {Broken{}, advance().span};
}

Value Parser::nested(std::string_view key) {
    if (++depth_ > deepest_nesting) {
        mistakes_.report_and_stop(fmt::format("nested more than {} levels deep", deepest_nesting),
                                  token_.span, "a document seldom needs more than 10 levels");
    }
    Opening opening{advance(), key};
    if (token_.first_on_line) {
        opening.entries_indentation = token_.indentation;
    }
    Value result;
    if (opening.bracket.kind == TokenKind::open_object) {
        ++open_objects_;
        result.data = object(opening);
        --open_objects_;
    } else {
        ++open_arrays_;
        result.data = array(opening);
        --open_arrays_;
    }
    result.span = {opening.bracket.span.begin, last_end_};
    --depth_;
    return result;
}

Array Parser::array(const Opening& opening) {
    Array entries;
    while (!closed(opening)) {
        entries.push_back(value(opening.key));
        skip_value_of_key_in_list(opening, entries.back());
        if (separated(opening, entries.back(), "") == Then::implied_end) {
            break;
        }
    }
    return entries;
}

Object Parser::object(const Opening& opening) {
    Object members;
    while (!closed(opening)) {
        members.push_back(begins_key() ? member() : keyless_member(opening));
        const Member& last = members.back();
        skip_second_values(last);
        if (separated(opening, last.value, last.key) == Then::implied_end) {
            break;
        }
    }
    if (!mistakes_.guessed()) {
        remove_duplicates(members, source_, problems_);
    }
    return members;
}

Member Parser::member() {
    Token key = advance();
    Member result{std::move(key.text), key.span, {Broken{}, key.span}};
    const bool is_broken = key.kind == TokenKind::broken;
    if (key.kind == TokenKind::word || key.kind == TokenKind::number) {
        mistakes_.report(
            After::sure, "keys stand in double quotes", key.span,
            fmt::format("write {}", diagnostics::in_backticks(fmt::format("\"{}\"", result.key))));
    }
    if (token_.kind == TokenKind::colon) {
        advance();
    } else if (!ends_entry() && !is_broken) {
        mistakes_.report(
            After::sure, "a colon is missing here", {key.span.end, key.span.end},
            fmt::format("put `:` between {} and its value", diagnostics::in_backticks(result.key)));
    }
    if (!ends_entry()) {
        result.value = value(result.key);
    } else if (!is_broken) {
        mistakes_.report(After::sure,
                         fmt::format("{} has no value", diagnostics::in_backticks(result.key)),
                         key.span,
                         fmt::format("write one behind a `:`, or remove {}",
                                     diagnostics::in_backticks(result.key)));
    }
    return result;
}

}  // namespace json
