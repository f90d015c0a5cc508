#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/process.hpp"

// The engine of DOCKER_HOST, asked directly and not through what is tested.
namespace support {

using Json = nlohmann::json;

// The reply's JSON. Throws for a status of 400 or more.
Json engine_get(const std::string& target);
Json engine_post(const std::string& target, const Json& body = Json::object());
void engine_delete(const std::string& target);

// What a command prints in a container, both streams.
std::string engine_exec(const std::string& container, const std::vector<std::string>& command);

// Names of what carries the appliance's label, sorted: containers with their state, networks,
// volumes.
Json belongings(const std::string& appliance);
// Engine IDs of its containers, by name.
std::map<std::string, std::string> container_ids(const std::string& appliance);

// What happened to the appliance's containers since it was first made, in order: "start web.1", of
// create, stop, start, rename and destroy, with names without the appliance's.
std::vector<std::string> container_events(const std::string& appliance);

// Waits until `holds`, at most a minute; then false.
bool eventually(const std::function<bool()>& holds);

// The body behind a URL, asked again for up to ten seconds while nobody answers.
std::string fetch(const std::string& url);

// An appliance of the test's own, gone at its end.
class Deployed {
public:
    explicit Deployed(std::string id) : id_(std::move(id)) {}
    Deployed(const Deployed&) = delete;
    Deployed& operator=(const Deployed&) = delete;
    ~Deployed();

    [[nodiscard]] const std::string& id() const { return id_; }
    // `pivot up -` with this document, whose `id` is filled in.
    Ended up(Json document, std::vector<std::string> options = {}) const;
    [[nodiscard]] Json status() const;  // of `pivot status -o json`, whatever its exit code

private:
    std::string id_;
};

// A shell's line that runs until it is told to stop, and then stops at once.
inline const std::string stays = "trap 'exit 0' TERM; while :; do sleep 1 & wait; done";

// {"id": id, "image": "pivot-test", "cmd": cmd}
Json container(const std::string& id, const std::string& cmd = stays);
Json job(const std::string& id, const std::string& cmd);  // the same with "type": "job"
// {"src": "data", "dest": "/data"}, and what declares that volume.
Json data_mount();
Json data_volume();

}  // namespace support
