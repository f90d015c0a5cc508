#include "engine/output.hpp"

#include "engine/log_frames.hpp"
#include "engine/reply.hpp"

namespace engine {
namespace {

constexpr std::size_t longest_output = 64 * 1024;  // bytes

std::string last_part(std::string text) {
    if (text.size() > longest_output) {
        text.erase(0, text.size() - longest_output);
        const std::size_t next_line = text.find('\n') + 1;  // 0 where no line ends
        text.replace(0, next_line, next_line == 0 ? "…" : "…\n");
    }
    return text;
}

}  // namespace

Result<std::string> read_output(const http::Response& response) {
    if (auto done = read_done(response); !done) {
        return tl::unexpected(std::move(done.error()));
    }
    LogFrames frames(log_shape(response.header("Content-Type")));
    auto text = frames.take(response.body);
    text += frames.finish();
    return last_part(std::move(text));
}

}  // namespace engine
