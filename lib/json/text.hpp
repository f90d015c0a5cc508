#pragma once

#include <functional>
#include <string>

#include "json/value.hpp"

namespace json {

// The value as compact JSON text: numbers as they were written, keys in the document's order.
// `text_of` says what each string in it (no key) becomes before it is written.
[[nodiscard]] std::string to_text(const Value& value,
                                  const std::function<std::string(const Value&)>& text_of);

}  // namespace json
