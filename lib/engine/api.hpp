#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "engine/types.hpp"
#include "http/message.hpp"

// The Engine API as descriptions: each function says what to send and how to read the reply, and
// does neither. `engine::Client` carries them out. Pure, so that tests compare whole requests.
//
// Text that comes from containers (log lines, State.Error, health output) is handed on as it came,
// with whatever control bytes it has; the engine's own messages (Refused) are made one clean line.
namespace engine {

template <class T>
struct Call {
    http::Request request;  // target without the version prefix
    // Refused for any status that the call does not count as success, Malformed for a reply that is
    // not what the API promises. Throws nothing.
    std::function<Result<T>(const http::Response&)> decode;
};

struct Done {};  // a reply whose body says nothing

// What a start, stop or removal found. `already`: nothing was left to do (304, or 404 on a
// removal).
enum class Changed { now, already };

template <class T>
struct StreamCall {
    http::Request request;
    // Turns the bytes of a stream, cut anywhere, into items, or into the error that the engine put
    // into its 200 stream, after which nothing follows. Stateful: keeps the unfinished rest.
    std::function<std::vector<Result<T>>(std::string_view bytes)> decode;
};

namespace api {

// Stopped ones too.
[[nodiscard]] Call<std::vector<ContainerSummary>> list_containers(const Filters& filters);
[[nodiscard]] Call<ContainerDetail> inspect_container(const std::string& id);
[[nodiscard]] Call<CreatedContainer> create_container(const CreateContainer& container);
// Most mistakes in a container surface here: 400 a command that cannot run, 500 a taken port.
[[nodiscard]] Call<Changed> start_container(const std::string& id);
// Replies when the container has stopped. `grace`: how long it may take before it is killed; none:
// its own stop timeout.
[[nodiscard]] Call<Changed> stop_container(const std::string& id,
                                           std::optional<std::chrono::seconds> grace);
// Refused with 409 or 500 where it is not paused.
[[nodiscard]] Call<Changed> unpause_container(const std::string& id);
// Kills it if need be. Refused with 409 while another removal is under way: look until it is gone.
[[nodiscard]] Call<Changed> remove_container(const std::string& id);
[[nodiscard]] Call<Done> update_restart_policy(const std::string& id, const RestartPolicy& policy);
// Refused with 409 where the name is taken.
[[nodiscard]] Call<Done> rename_container(const std::string& id, const std::string& new_name);
// Both streams, as written; the last 64 KiB. Refused with 501 where the log driver keeps nothing.
[[nodiscard]] Call<std::string> last_log_lines(const std::string& id, int lines);

// A command in a running container is made, started, and asked for its exit code. Gives its ID;
// refused with 409 where the container does not run.
[[nodiscard]] Call<std::string> create_exec(const std::string& container_id,
                                            const std::vector<std::string>& command);
// Gives what it writes to both streams, the last 64 KiB, when it has ended. A command that cannot
// run is no error here: its output says why, and its exit code is 126 or 127. When `timeout` has
// passed the call is Broken, and Malformed after 4 MiB of output. The command goes on all the same;
// if it writes more then, the engine takes it for ended, with 126.
[[nodiscard]] Call<std::string> start_exec(const std::string& exec_id,
                                           std::chrono::milliseconds timeout);
[[nodiscard]] Call<ExecState> inspect_exec(const std::string& exec_id);

[[nodiscard]] Call<std::vector<Network>> list_networks(const Filters& filters);
[[nodiscard]] Call<Network> inspect_network(const std::string& id);
// A bridge; gives the new network's ID. Engines up to 24 make twins of a name when asked at once.
[[nodiscard]] Call<std::string> create_network(const CreateNetwork& network);
// Refused with 403 while containers are attached.
[[nodiscard]] Call<Changed> remove_network(const std::string& id);

[[nodiscard]] Call<std::vector<Volume>> list_volumes(const Filters& filters);
// Where the name exists, the engine changes nothing and gives the volume with its old labels.
[[nodiscard]] Call<Volume> create_volume(const CreateVolume& volume);
// Refused with 409 while a container uses it.
[[nodiscard]] Call<Changed> remove_volume(const std::string& name);

[[nodiscard]] Call<ImageDetail> inspect_image(const std::string& reference);
// Without a tag, `latest`. `platform`: linux/arm64; empty: the engine's own. A stream that ends
// without an error is no promise: inspect the image.
[[nodiscard]] StreamCall<PullProgress> pull_image(const std::string& reference,
                                                  const std::string& platform = {});

[[nodiscard]] Call<SystemInfo> system_info();
// Of what happens after `on_open`. The engine drops events for slow readers.
// `actions`: `die`, `start`, …; `health_status` stands for all of its forms.
[[nodiscard]] StreamCall<Event> container_events(const Filters& filters,
                                                 const std::vector<std::string>& actions);

}  // namespace api
}  // namespace engine
