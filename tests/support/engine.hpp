#pragma once

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

// {"id": id, "image": "pivot-test", "cmd": cmd}
Json container(const std::string& id,
               const std::string& cmd = "trap 'exit 0' TERM; while :; do sleep 1 & wait; done");

}  // namespace support
