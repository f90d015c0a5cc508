#include <fmt/format.h>

#include "engine/output.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

constexpr std::size_t longest_reply = 4 * 1024 * 1024;  // the engine cuts lines at 16 KiB

}  // namespace

Call<std::string> api::last_log_lines(const std::string& id, int lines) {
    auto request = get_request(
        http::with_query("/containers/" + http::encode(id) + "/logs",
                         {{"stdout", "1"}, {"stderr", "1"}, {"tail", fmt::to_string(lines)}}));
    request.max_reply = longest_reply;
    return {std::move(request), read_output};
}

}  // namespace engine
