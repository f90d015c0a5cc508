#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "appliance/reading.hpp"
#include "appliance/terms.hpp"

namespace appliance {

// A container that a text names.
struct Mention {
    enum class Form {
        bare,         // `@id` at the start of a word: a reference
        braced,       // `@{id}`: a reference everywhere
        within_word,  // `@id` elsewhere: not a reference, and not certainly a literal text
        malformed     // `@{` without an id and `}`
    };
    std::string name;  // without @ and braces; empty when malformed
    Span where;        // in the decoded text, @ and braces included
    Form form = Form::bare;

    friend bool operator==(const Mention&, const Mention&) = default;
};

// The parts of a text, in order: as it is, or a mention. An @ with a letter or digit behind it
// begins a mention; its name is the longest run of letters, digits and dashes, without dashes at
// its end. A word begins at the start of the text, behind white space, `/`, `=`, `,`, `;`, `|`, an
// opening bracket, a quote, and behind a literal @. `\@` is a literal @.
using TextPart = std::variant<std::string, Mention>;
[[nodiscard]] std::vector<TextPart> split_mentions(std::string_view text);

// The string's value with each reference replaced by the name by which that container, or instance
// of it, is reached. The containers that it names are added to `mentioned`. Reports names that
// nobody has, and each @ of which it is not certain that a reference is meant.
[[nodiscard]] std::string resolve_references(const Value& string,
                                             std::vector<std::size_t>& mentioned,
                                             const Reading& reading);

}  // namespace appliance
