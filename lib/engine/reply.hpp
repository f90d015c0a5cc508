#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "engine/api.hpp"
#include "engine/fields.hpp"

// What replies have in common.
namespace engine {

// The engine's error in a reply, whose body is JSON with a message or plain text.
[[nodiscard]] Error refused(const http::Response& response);

// `text` without control bytes, on one line, and of a length that a person can read.
[[nodiscard]] std::string one_line(std::string_view text);

[[nodiscard]] Result<Done> read_done(const http::Response& response);

// 304 means that nothing was left to do.
[[nodiscard]] Result<Changed> read_changed(const http::Response& response);

// 404 means it too: the object is gone.
[[nodiscard]] Result<Changed> read_removed(const http::Response& response);

// The JSON of a successful reply.
[[nodiscard]] Result<Json> read_json(const std::string& call, const http::Response& response);

// What `read` makes of `json` (of one object: Fields), unless something in it is not as promised.
template <class Read>
[[nodiscard]] auto read_object(const std::string& call, const Json& json, const Read& read)
    -> Result<std::invoke_result_t<Read, const Fields&>> {
    Mismatch mismatch;
    auto value = read(Fields(json, mismatch));
    if (mismatch.what()) {
        return tl::unexpected(Error(Malformed{call, one_line(*mismatch.what())}));
    }
    return value;
}

// Decoders for a reply that is one object, and for one that is an array of them.
template <class Read>
[[nodiscard]] auto decode_object(std::string call, Read read) {
    return [call = std::move(call), read](const http::Response& response) {
        return read_json(call, response).and_then([&](const Json& json) {
            return read_object(call, json, read);
        });
    };
}

template <class Read>
[[nodiscard]] auto decode_array(std::string call, Read read) {
    using Item = std::invoke_result_t<Read, const Fields&>;
    return [call = std::move(call),
            read](const http::Response& response) -> Result<std::vector<Item>> {
        const auto json = read_json(call, response);
        if (!json) {
            return tl::unexpected(json.error());
        }
        if (!json->is_array() && !json->is_null()) {
            return tl::unexpected(Error(Malformed{call, "the reply is no array"}));
        }
        std::vector<Item> items;
        for (const auto& element : *json) {
            auto item = read_object(call, element, read);
            if (!item) {
                return tl::unexpected(std::move(item.error()));
            }
            items.push_back(std::move(*item));
        }
        return items;
    };
}

}  // namespace engine
