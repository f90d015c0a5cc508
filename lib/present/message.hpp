#pragma once

#include <string>
#include <vector>

#include "present/ink.hpp"

namespace present {

// What is said to a person, in one shape: what is wrong, where, what tells more, and one thing to
// do next. The texts may hold what the engine or the document said: `to_text` makes control
// characters visible.
struct Message {
    enum class Kind { error, note, interrupted, terminated };
    Kind kind = Kind::error;
    std::string headline;
    std::string place;                 // file:line:column; empty: no place
    std::vector<std::string> details;  // a line each
    std::string hint;                  // empty: none

    friend bool operator==(const Message&, const Message&) = default;
};

// Ends with a line feed.
[[nodiscard]] std::string to_text(const Message& message, Style style);

// A blank line between one and the next.
[[nodiscard]] std::string to_text(const std::vector<Message>& messages, Style style);

}  // namespace present
