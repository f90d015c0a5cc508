#include "engine/reply.hpp"

#include <fmt/format.h>

namespace engine {
namespace {

constexpr std::size_t longest_message = 4096;  // bytes
constexpr std::size_t longest_character = 4;

bool is_success(int status) { return status >= 200 && status < 300; }

// U+0080 to U+009F, which some terminals obey, as UTF-8.
bool is_two_byte_control(unsigned char first, unsigned char second) {
    return first == 0xc2 && second >= 0x80 && second <= 0x9f;
}

// Spaces too, so that runs of them become one.
bool is_control(unsigned char byte) { return byte <= ' ' || byte == 0x7f; }

bool starts_character(unsigned char byte) { return (byte & 0xc0) != 0x80; }

// Between two characters, unless what is there is no text anyway.
bool is_long_enough(std::size_t size, unsigned char next) {
    return size >= longest_message + longest_character ||
           (size >= longest_message && starts_character(next));
}

std::string message_in(const std::string& body) {
    if (const auto json = parse_json(body); json && json->is_object()) {
        Mismatch ignored;
        if (auto message = Fields(*json, ignored).text("message"); !message.empty()) {
            return message;
        }
    }
    return body;
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string line;
    bool gap = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
        const bool is_pair = is_two_byte_control(byte, static_cast<unsigned char>(next));
        if (is_pair || is_control(byte)) {
            gap = !line.empty();
            at += is_pair ? 1 : 0;
            continue;
        }
        if (is_long_enough(line.size(), byte)) {
            return line + "…";
        }
        if (std::exchange(gap, false)) {
            line += ' ';
        }
        line += text[at];
    }
    return line;
}

Error refused(const http::Response& response) {
    auto message = one_line(message_in(response.body));
    if (message.empty()) {
        message = fmt::format("status {} without a message", response.status);
    }
    return Refused{response.status, std::move(message)};
}

Result<Done> read_done(const http::Response& response) {
    if (!is_success(response.status)) {
        return tl::unexpected(refused(response));
    }
    return Done{};
}

Result<Changed> read_changed(const http::Response& response) {
    if (response.status == 304) {
        return Changed::already;
    }
    return read_done(response).map([](Done) { return Changed::now; });
}

Result<Changed> read_removed(const http::Response& response) {
    if (response.status == 404) {
        return Changed::already;
    }
    return read_changed(response);
}

Result<Json> read_json(const std::string& call, const http::Response& response) {
    if (!is_success(response.status)) {
        return tl::unexpected(refused(response));
    }
    return parse_json(response.body).map_error([&](std::string&& detail) -> Error {
        return Malformed{call, std::move(detail)};
    });
}

}  // namespace engine
