#include "engine/container_state.hpp"
#include "engine/ids.hpp"
#include "engine/output.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

constexpr std::size_t longest_exec_reply = 4 * 1024 * 1024;  // bytes

std::string read_exec_id(const Fields& reply) { return reply.text_where("Id", is_container_id); }

// The code is null before the start and while it runs.
ExecState read_exec(const Fields& exec) {
    return {.running = exec.flag("Running"),
            .exit_code = exec.has("ExitCode") && !exec.flag("Running")
                             ? std::optional(read_int(exec, "ExitCode"))
                             : std::nullopt};
}

}  // namespace

Call<std::string> api::create_exec(const std::string& container_id,
                                   const std::vector<std::string>& command) {
    auto request =
        post_request("/containers/" + http::encode(container_id) + "/exec",
                     Json{{"AttachStdout", true}, {"AttachStderr", true}, {"Cmd", command}});
    auto decode = decode_object(http::summary(request), read_exec_id);
    return {std::move(request), std::move(decode)};
}

Call<std::string> api::start_exec(const std::string& exec_id, std::chrono::milliseconds timeout) {
    auto request = post_request("/exec/" + http::encode(exec_id) + "/start",
                                Json{{"Detach", false}, {"Tty", false}});
    request.timeout = timeout;
    request.max_reply = longest_exec_reply;
    return {std::move(request), read_output};
}

Call<ExecState> api::inspect_exec(const std::string& exec_id) {
    auto request = get_request("/exec/" + http::encode(exec_id) + "/json");
    auto decode = decode_object(http::summary(request), read_exec);
    return {std::move(request), std::move(decode)};
}

}  // namespace engine
