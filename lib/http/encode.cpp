#include "http/encode.hpp"

#include "base/ascii.hpp"

namespace http {
namespace {

bool is_unreserved(char byte) {
    return base::is_letter_or_digit(byte) || byte == '-' || byte == '.' || byte == '_' ||
           byte == '~';
}

std::string encode_all_but(std::string_view text, std::string_view kept) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char byte : text) {
        if (is_unreserved(byte) || kept.find(byte) != std::string_view::npos) {
            encoded += byte;
        } else {
            const auto value = static_cast<unsigned char>(byte);
            encoded += '%';
            encoded += digits[value >> 4];
            encoded += digits[value & 15];
        }
    }
    return encoded;
}

}  // namespace

std::string encode(std::string_view text) { return encode_all_but(text, ""); }

std::string encode_path(std::string_view path) { return encode_all_but(path, "/"); }

std::string with_query(std::string path, std::initializer_list<Parameter> parameters) {
    char separator = '?';
    for (const auto& parameter : parameters) {
        path += separator;
        path += encode(parameter.name);
        path += '=';
        path += encode(parameter.value);
        separator = '&';
    }
    return path;
}

}  // namespace http
