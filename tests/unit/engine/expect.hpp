#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "engine/api.hpp"

// What tests of calls say again and again.
using Json = nlohmann::json;

inline const std::string id_a(64, 'a');
inline const std::string id_b(64, 'b');
inline const std::string image_id = "sha256:" + std::string(64, '1');

// A request as a text: method and target, with the encoded characters that matter put back.
inline std::string sent(const http::Request& request) {
    const auto& target = request.target;
    std::string text = std::string(http::to_string(request.method)) + ' ';
    for (std::size_t at = 0; at < target.size(); ++at) {
        if (target[at] == '%') {
            text += static_cast<char>(std::stoi(target.substr(at + 1, 2), nullptr, 16));
            at += 2;
        } else {
            text += target[at];
        }
    }
    return text;
}

inline http::Response reply(int status, const std::string& body) {
    return {.status = status, .headers = {}, .body = body};
}

template <class T>
std::string malformed(const engine::Result<T>& result) {
    REQUIRE_FALSE(result);
    REQUIRE(std::holds_alternative<engine::Malformed>(result.error()));
    const auto& error = std::get<engine::Malformed>(result.error());
    return error.call + ": " + error.detail;
}

template <class T>
std::string refused(const engine::Result<T>& result) {
    REQUIRE_FALSE(result);
    REQUIRE(std::holds_alternative<engine::Refused>(result.error()));
    const auto& error = std::get<engine::Refused>(result.error());
    return std::to_string(error.status) + " " + error.message;
}
