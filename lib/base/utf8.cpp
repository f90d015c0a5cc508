#include "base/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace base {
namespace {

unsigned char byte_at(std::string_view text, std::size_t offset) {
    return static_cast<unsigned char>(text[offset]);
}

bool is_continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// Eight bytes at a time: documents are megabytes of it at worst, and mostly nothing else.
std::size_t end_of_ascii(std::string_view text, std::size_t offset) {
    std::uint64_t eight = 0;
    while (text.size() - offset >= sizeof eight) {
        std::memcpy(&eight, text.data() + offset, sizeof eight);
        if ((eight & 0x8080808080808080U) != 0) {
            break;
        }
        offset += sizeof eight;
    }
    while (offset < text.size() && byte_at(text, offset) < 0x80) {
        ++offset;
    }
    return offset;
}

}  // namespace

Character character_at(std::string_view text, std::size_t offset) {
    const unsigned char first = byte_at(text, offset);
    if (first < 0x80) {
        return {first, 1};
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() - offset < length) {
        return {std::nullopt, 1};
    }
    char32_t code_point = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned char next = byte_at(text, offset + i);
        if (!is_continuation(next)) {
            return {std::nullopt, 1};
        }
        code_point = code_point << 6U | (next & 0x3FU);
    }
    const bool overlong =
        (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (overlong || surrogate || code_point > 0x10FFFF) {
        return {std::nullopt, 1};
    }
    return {code_point, length};
}

void append_utf8(std::string& text, char32_t code_point) {
    const auto append = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (code_point < 0x80) {
        append(code_point);
    } else if (code_point < 0x800) {
        append(0xC0 | code_point >> 6U);
        append(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        append(0xE0 | code_point >> 12U);
        append(0x80 | (code_point >> 6U & 0x3F));
        append(0x80 | (code_point & 0x3F));
    } else {
        append(0xF0 | code_point >> 18U);
        append(0x80 | (code_point >> 12U & 0x3F));
        append(0x80 | (code_point >> 6U & 0x3F));
        append(0x80 | (code_point & 0x3F));
    }
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
    for (std::size_t offset = 0; offset < text.size();) {
        if (byte_at(text, offset) < 0x80) {
            offset = end_of_ascii(text, offset);
            continue;
        }
        const Character character = character_at(text, offset);
        if (!character.code_point) {
            return offset;
        }
        offset += character.length;
    }
    return std::nullopt;
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return !is_continuation(static_cast<unsigned char>(c));
    }));
}

std::string_view cut_to_bytes(std::string_view text, std::size_t limit) {
    std::size_t end = 0;
    while (end < text.size()) {
        const std::size_t next = end + character_at(text, end).length;
        if (next > limit) {
            break;
        }
        end = next;
    }
    return text.substr(0, end);
}

}  // namespace base
