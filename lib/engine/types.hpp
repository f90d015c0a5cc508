#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// What the Engine API takes and gives, reduced to what is used. Field names follow the API's.
namespace engine {

using Labels = std::map<std::string, std::string>;

enum class ContainerState { created, running, paused, restarting, removing, exited, dead };

struct PublishedPort {
    std::string host_ip;          // as bound: 0.0.0.0, ::, an address
    std::uint16_t host_port = 0;  // 0: exposed, not published
    std::uint16_t container_port = 0;
    std::string protocol;  // tcp, udp, sctp

    friend auto operator<=>(const PublishedPort&, const PublishedPort&) = default;
};

// An entry of GET /containers/json.
struct ContainerSummary {
    std::string id;     // 64 hexadecimal digits
    std::string name;   // without the leading slash
    std::string image;  // as it was asked for
    std::string image_id;
    ContainerState state = ContainerState::created;
    std::string status;        // the engine's text: "Exited (7) 3 seconds ago"
    std::int64_t created = 0;  // seconds since 1970
    Labels labels;
    std::vector<PublishedPort> ports;
    std::string network_mode;                     // HostConfig.NetworkMode
    std::map<std::string, std::string> networks;  // name -> network ID
};

enum class Health { none, starting, healthy, unhealthy };

// GET /containers/{id}/json.
struct ContainerDetail {
    std::string id;
    std::string name;
    Labels labels;
    ContainerState state = ContainerState::created;
    int exit_code = 0;
    bool oom_killed = false;
    std::string error;  // State.Error: why a start failed
    Health health = Health::none;
    std::string health_output;  // of the newest check that has any
    int restart_count = 0;
    std::string restart_policy;        // no, always, unless-stopped, on-failure
    std::string started_at;            // RFC 3339
    std::vector<PublishedPort> ports;  // of a running container
};

struct ImageDetail {
    std::string id;                    // sha256:…
    std::vector<std::string> volumes;  // paths of Config.Volumes, sorted
};

struct Network {
    std::string id;
    std::string name;
    Labels labels;
};

struct Volume {
    std::string name;
    Labels labels;
};

struct SystemInfo {
    int cpus = 0;
    std::string storage_driver;
};

struct PortBinding {
    std::uint16_t container_port = 0;
    std::string protocol;
    std::string host_ip;
    std::uint16_t host_port = 0;  // 0: the engine picks

    friend auto operator<=>(const PortBinding&, const PortBinding&) = default;
};

struct RestartPolicy {
    std::string name = "no";
    int maximum_retry_count = 0;  // on-failure alone; 0 there is for ever
};

// POST /containers/create.
struct CreateContainer {
    std::string name;
    std::string image;
    std::string hostname;                                // empty: the engine's choice
    std::optional<std::vector<std::string>> entrypoint;  // none: the image's
    std::optional<std::vector<std::string>> cmd;         // none: the image's
    std::vector<std::string> env;                        // KEY=value
    Labels labels;
    std::string network_mode;          // a network's ID, or `host`
    std::vector<std::string> aliases;  // on that network
    std::vector<PortBinding> ports;    // published (ExposedPorts follow from it)
    std::optional<std::int64_t> cpu_shares;
    std::optional<std::int64_t> nano_cpus;
    std::optional<std::int64_t> memory;  // bytes
    RestartPolicy restart_policy;
    std::optional<int> stop_timeout;  // seconds
};

struct CreatedContainer {
    std::string id;
    std::vector<std::string> warnings;
};

struct CreateNetwork {
    std::string name;
    Labels labels;
};

struct CreateVolume {
    std::string name;
    Labels labels;
};

// An entry of GET /events.
struct Event {
    std::string type;    // container, network, ...
    std::string action;  // die, start, oom, destroy, "health_status: healthy"
    std::string id;
    Labels attributes;  // labels, name and exitCode
};

// A line of the stream of POST /images/create. An errorDetail ends the stream with Refused.
struct PullProgress {
    std::string id;  // the layer; empty for the image as a whole
    std::string status;
    std::int64_t current = 0, total = 0;  // bytes; 0 where unknown
};

// Which containers, networks or volumes a list call gives: all of them where nothing is set.
struct Filters {
    std::vector<std::string> labels = {};  // "key" or "key=value", all of which must match
    std::vector<std::string> names = {};   // exact and whole names, one of which must match
};

}  // namespace engine
