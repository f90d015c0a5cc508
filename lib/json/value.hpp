#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "diagnostics/source.hpp"

// A JSON text as a tree in which every value and key knows its place.
namespace json {

using diagnostics::Span;

struct Value;
struct Member;

struct Broken {};  // a mistake that was reported already: nothing more is said about it
struct Null {};
struct Number {
    std::string_view text;  // as written, which is valid JSON; lives as long as the source
};
using Array = std::vector<Value>;
using Object = std::vector<Member>;  // in document order, no key twice

struct Value {
    std::variant<Broken, Null, bool, Number, std::string, Array, Object> data;
    Span span;  // of a string with its quotes, of a list or object with its brackets

    template <class Kind>
    [[nodiscard]] const Kind* as() const {
        return std::get_if<Kind>(&data);
    }
};

struct Member {
    std::string key;
    Span key_span;  // with its quotes
    Value value;
};

// nullptr: the object has no such key.
[[nodiscard]] const Member* find_member(const Object& object, std::string_view key);

}  // namespace json
