#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "appliance/json_value.hpp"
#include "appliance/reading.hpp"

namespace appliance {

struct Mention {
    std::string name;  // without the @
    Span where;        // in the decoded text, the @ included

    friend bool operator==(const Mention&, const Mention&) = default;
};

// The parts of a text, in order: as it is, or a mention. An @ begins a mention when a letter or
// digit follows; the name is the longest run of letters, digits and dashes, without dashes at its
// end. `\@` is an @ that begins none.
using TextPart = std::variant<std::string, Mention>;
[[nodiscard]] std::vector<TextPart> split_mentions(std::string_view text);

// The string's value with each `@id` replaced by the name by which that container, or instance of
// it, is reached. The containers that it names are added to `mentioned`. Reports names that nobody
// has.
[[nodiscard]] std::string resolve_references(const Value& string,
                                             std::vector<std::size_t>& mentioned,
                                             const Reading& reading);

}  // namespace appliance
