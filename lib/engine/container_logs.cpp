#include <fmt/format.h>

#include "engine/log_frames.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

constexpr std::size_t longest_log = 64 * 1024;          // bytes
constexpr std::size_t longest_reply = 4 * 1024 * 1024;  // the engine cuts lines at 16 KiB

// The end of `text`, from the start of a line where there is one.
std::string last_part(std::string text) {
    if (text.size() > longest_log) {
        text.erase(0, text.size() - longest_log);
        text.erase(0, text.find('\n') + 1);  // nothing where no line ends
    }
    return text;
}

Result<std::string> read_log(const http::Response& response) {
    if (auto done = read_done(response); !done) {
        return tl::unexpected(std::move(done.error()));
    }
    LogFrames frames(log_shape(response.header("Content-Type")));
    auto text = frames.take(response.body);
    text += frames.finish();
    return last_part(std::move(text));
}

}  // namespace

Call<std::string> api::last_log_lines(const std::string& id, int lines) {
    auto request = get_request(
        http::with_query("/containers/" + http::encode(id) + "/logs",
                         {{"stdout", "1"}, {"stderr", "1"}, {"tail", fmt::to_string(lines)}}));
    request.max_reply = longest_reply;
    return {std::move(request), read_log};
}

}  // namespace engine
