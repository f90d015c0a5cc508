#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the bare driver is to do: calls, in the order in which they may begin.
namespace bench {

struct BareCall {
    enum class Kind {
        reply,   // ends with the whole reply
        stream,  // ends with the reply's head; what follows are events
        await,   // no call: ends when an event has all texts of `body`, a line each
        join,    // no call: ends at once, so that many need not wait for many
    };
    enum class Lane { creates, starts, stops, none };

    Kind kind = Kind::reply;
    Lane lane = Lane::none;
    std::vector<std::size_t> after = {};  // indexes of calls that must have ended
    long delay_ms = 0;                    // from the last of them
    std::string method = "GET";
    // "{7}" in it stands for the `Id` in the reply to call 7.
    std::string target = {};
    std::string body = {};
};

// At most this many calls of one lane at a time.
inline constexpr std::size_t lane_width = 8;

// The value of the first "Id" in a JSON text; empty where there is none.
[[nodiscard]] std::string id_in(std::string_view json);

[[nodiscard]] std::string to_text(const std::vector<BareCall>& calls);
[[nodiscard]] std::optional<std::vector<BareCall>> parse_bare_script(const std::string& text);

}  // namespace bench
