#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/source.hpp"
#include "json/read.hpp"
#include "json/syntax_mistakes.hpp"
#include "json/tokens.hpp"
#include "json/value.hpp"

namespace json {

// Tokens to a tree, by recursive descent (the depth is limited). The grammar is in parser.cpp,
// what happens where a document does not follow it in recovery.cpp.
class Parser {
public:
    Parser(const diagnostics::Source& source, diagnostics::Problems& problems,
           const Expected& expected);

    // The document's value when there is one and its shape is certain.
    [[nodiscard]] std::optional<Value> run();

private:
    // The bracket that a list or an object began with.
    struct Opening {
        Token bracket;
        std::string_view key;  // that it is the value of; empty at the top
        std::size_t entries_indentation =
            0;  // of the first entry; 0 when it is on the bracket's line
    };
    enum class Then { next_entry, implied_end };

    Token advance();
    Value value(std::string_view key);
    Value word();
    Value nested(std::string_view key);
    Array array(const Opening& opening);
    Object object(const Opening& opening);
    Member member();

    // Before an entry: takes the closing bracket if there is one. Unwanted commas go first.
    [[nodiscard]] bool closed(const Opening& opening);
    // After an entry, which has a key in an object: takes the comma.
    [[nodiscard]] Then separated(const Opening& opening, const Value& entry, std::string_view key);

    [[nodiscard]] bool begins_key() const;
    [[nodiscard]] bool begins_value() const;
    [[nodiscard]] bool ends_entry() const;
    Member keyless_member(const Opening& opening);
    void skip_second_values(const Member& member);
    void skip_value_of_key_in_list(const Opening& opening, const Value& entry);
    void report_missing_comma(const Opening& opening, std::string_view key);
    void report_unclosed(const Opening& opening, Span found);
    [[nodiscard]] bool skipped_surplus_comma();
    [[nodiscard]] bool skipped_surplus_bracket();
    [[nodiscard]] bool steps_out(const Opening& opening) const;
    void note_suspect(const Opening& opening);
    [[nodiscard]] std::string describe(const Opening& opening) const;

    const diagnostics::Source& source_;
    SyntaxMistakes mistakes_;
    diagnostics::Problems& problems_;
    Expected expected_;
    Tokens tokens_;
    Token token_;               // the next one, not taken yet
    std::size_t last_end_ = 0;  // of the last one that was taken
    std::size_t depth_ = 0;
    std::size_t open_objects_ = 0;
    std::size_t open_arrays_ = 0;
    bool end_was_implied_ = false;
    bool brackets_are_wrong_ = false;  // was reported: what follows from it is not
    // The bracket that, by the indentation, is the one that was left open.
    struct Suspect {
        std::string description;
        char closing = '\0';
    };
    std::optional<Suspect> suspect_;
};

}  // namespace json
