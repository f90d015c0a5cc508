#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

// Percent-encoding (RFC 3986): everything but letters, digits and -._~ becomes %XX.
namespace http {

// For one segment of a path, or a key or value of a query.
[[nodiscard]] std::string encode(std::string_view text);

// For a path of several segments: keeps its slashes.
[[nodiscard]] std::string encode_path(std::string_view path);

struct Parameter {
    std::string_view name;
    std::string_view value;
};

// `path` as it is, and the encoded parameters behind a question mark.
[[nodiscard]] std::string with_query(std::string path, std::initializer_list<Parameter> parameters);

}  // namespace http
