#include <fmt/format.h>

#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "engine/restart_policy.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

// How long a container that is stopped may take by its own stop timeout, which the caller did not
// name.
constexpr std::chrono::minutes unknown_grace{10};

std::string path_of(const std::string& id) { return "/containers/" + http::encode(id); }

}  // namespace

Call<Changed> api::start_container(const std::string& id) {
    return {post_request(path_of(id) + "/start"), read_changed};
}

Call<Changed> api::stop_container(const std::string& id,
                                  std::optional<std::chrono::seconds> grace) {
    auto target = path_of(id) + "/stop";
    if (grace) {
        target = http::with_query(std::move(target), {{"t", fmt::to_string(grace->count())}});
    }
    auto request = post_request(std::move(target));
    request.timeout = work_timeout + grace.value_or(unknown_grace);
    return {std::move(request), read_changed};
}

Call<Changed> api::unpause_container(const std::string& id) {
    return {post_request(path_of(id) + "/unpause"), read_changed};
}

Call<Changed> api::remove_container(const std::string& id) {
    return {delete_request(http::with_query(path_of(id), {{"force", "1"}, {"v", "1"}})),
            read_removed};
}

Call<Done> api::update_restart_policy(const std::string& id, const RestartPolicy& policy) {
    return {post_request(path_of(id) + "/update", Json{{"RestartPolicy", to_json(policy)}}),
            read_done};
}

Call<Done> api::rename_container(const std::string& id, const std::string& new_name) {
    return {post_request(http::with_query(path_of(id) + "/rename", {{"name", new_name}})),
            read_done};
}

}  // namespace engine
