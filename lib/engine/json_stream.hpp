#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/error.hpp"
#include "engine/json.hpp"
#include "http/json_values.hpp"

namespace engine {

inline constexpr std::size_t longest_stream_value = 1024 * 1024;  // bytes

// A decoder for a stream of JSON values, each of which `read` turns into an item. The first error
// is the last result.
template <class T>
[[nodiscard]] auto decode_stream(std::string call,
                                 Result<T> (*read)(const std::string&, const Json&)) {
    return [call = std::move(call), read,
            values = http::JsonValues(longest_stream_value)](std::string_view bytes) mutable {
        std::vector<Result<T>> items;
        for (const auto& text : values.take(bytes)) {
            const auto json = parse_json(text);
            items.push_back(json ? read(call, *json)
                                 : tl::unexpected(Error(Malformed{call, json.error()})));
            if (!items.back()) {
                return items;
            }
        }
        if (values.overflowed()) {
            items.push_back(tl::unexpected(Error(Malformed{
                call, fmt::format("a JSON value of more than {} bytes", longest_stream_value)})));
        }
        return items;
    };
}

}  // namespace engine
