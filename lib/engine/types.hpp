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

// unknown: the engine's word is none of these.
enum class ContainerState { created, running, paused, restarting, removing, exited, dead, unknown };

enum class Health { none, starting, healthy, unhealthy, unknown };

struct PublishedPort {
    std::string host_ip;          // as bound: 0.0.0.0, ::, an address
    std::uint16_t host_port = 0;  // 0: exposed, not published
    std::uint16_t container_port = 0;
    std::string protocol;  // tcp, udp, sctp, or a word of a newer engine's

    friend auto operator<=>(const PublishedPort&, const PublishedPort&) = default;
};

// An entry of GET /containers/json.
struct ContainerSummary {
    std::string id;     // 64 hexadecimal digits
    std::string name;   // without the leading slash
    std::string image;  // as it was asked for
    std::string image_id;
    ContainerState state = ContainerState::created;
    std::string state_word;    // as the engine writes it
    std::string status;        // the engine's text: "Exited (7) 3 seconds ago"
    std::int64_t created = 0;  // seconds since 1970
    // By the engine's own clock; none: the engine does not tell the time.
    std::optional<std::chrono::seconds> created_ago;
    Labels labels;
    std::vector<PublishedPort> ports;
    std::string network_mode;                     // HostConfig.NetworkMode
    std::map<std::string, std::string> networks;  // name -> network ID, as the engine writes it
    // Of a running container: network ID -> IPv4 address. Nothing of `host` and `none`.
    std::map<std::string, std::string> addresses;
    Health health = Health::none;  // as the status text says it; a stopped container's is none
    std::optional<int> exit_code;  // of the end before, where it has exited or restarts
};

// GET /containers/{id}/json.
struct ContainerDetail {
    std::string id;
    std::string name;
    std::string created = {};      // these two RFC 3339
    std::string finished_at = {};  // of its last end
    Labels labels;
    ContainerState state = ContainerState::created;
    std::string state_word;  // as the engine writes it
    int exit_code = 0;
    bool oom_killed = false;
    std::string error;  // State.Error: why a start failed
    Health health = Health::none;
    std::string health_output;                  // of the newest check that has any
    std::optional<int> health_exit_code;        // of the newest check; -1: it took too long
    int health_failing_streak = 0;              // checks that failed since the last that did not
    std::vector<std::string> healthcheck_test;  // {"CMD-SHELL", "…"}, the image's where it is that
    int restart_count = 0;
    std::string restart_policy;  // no, always, unless-stopped, on-failure
    int maximum_retry_count = 0;
    std::int64_t memory_limit = 0;  // bytes; 0: none
    std::string started_at;         // RFC 3339
    // Since it was last started, by the engine's own clock. None: it never was, or the engine does
    // not tell the time.
    std::optional<std::chrono::seconds> age;
    std::vector<PublishedPort> ports;              // of a running container
    std::map<std::string, std::string> addresses;  // as in the list
};

// Zero stands for the image's, or the engine's default.
struct Healthcheck {
    std::vector<std::string> test;  // {"CMD", …}, {"CMD-SHELL", "…"}; {"NONE"}: no check
    std::chrono::nanoseconds interval{0};
    std::chrono::nanoseconds timeout{0};
    std::chrono::nanoseconds start_period{0};
    std::chrono::nanoseconds start_interval{0};  // from API 1.44, and with a start period only
    int retries = 0;
};

struct ImageDetail {
    std::string id;                                         // sha256:…
    std::vector<std::string> volumes;                       // paths of Config.Volumes, sorted
    std::optional<Healthcheck> healthcheck = std::nullopt;  // none, or switched off by `NONE`
};

struct Network {
    std::string id;
    std::string name;
    Labels labels;
    std::string subnet;  // its first of IPv4: 172.18.0.0/16; empty: it has none
    std::vector<std::string> containers = {};  // names of those that run on it; of an inspect alone
};

struct Volume {
    std::string name;
    Labels labels;
    std::string driver;
    Labels driver_options;
};

struct SystemInfo {
    int cpus = 0;
    std::string storage_driver;
    std::string backing_filesystem;  // below overlay2: extfs, xfs; empty: not told
    bool containerd_store = false;   // images are in containerd, which limits no container's disk
    // Whether it can hold containers to limits; a rootless one without control groups cannot.
    bool limits_memory = true;
    bool limits_cpus = true;
    bool rootless = false;  // its `host` network is one of its own
};

// GET /exec/{id}/json.
struct ExecState {
    bool running = false;
    std::optional<int> exit_code;  // once it has ended
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

struct Ulimit {
    std::string name;  // nofile
    std::int64_t soft = 0, hard = 0;
};

struct Device {
    std::string path_on_host;
    std::string path_in_container;
    std::string permissions;  // rwm
};

struct Mount {
    enum class Type { bind, volume };
    Type type = Type::volume;
    std::string source;  // a path, which has to exist; a volume's name, made where it is missing
    std::string target;
    bool read_only = false;
    // Of a volume that is made.
    Labels volume_labels = {};
    std::string volume_driver = {};  // empty: the engine's default
    Labels volume_driver_options = {};
};

// POST /containers/create. What is empty or not set is left to the image and the engine.
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
    std::string stop_signal;
    std::string platform;  // linux/arm64; from API 1.41
    std::string working_dir;
    std::string user;
    std::string ipv4_address;  // on the network, which must have been made with a subnet
    std::optional<Healthcheck> healthcheck;
    std::vector<Mount> mounts;
    std::map<std::string, std::string> tmpfs;  // path -> mount options
    std::vector<std::string> extra_hosts;      // name:address
    std::vector<Ulimit> ulimits;
    std::vector<Device> devices;
    std::vector<std::string> cap_add, cap_drop;
    std::optional<bool> init;
    bool privileged = false;
    bool read_only = false;                // the root file system
    std::optional<std::int64_t> shm_size;  // bytes
    std::optional<std::int64_t> disk;      // bytes; refused but on overlay2 over xfs with pquota
    int gpus = 0;                          // of any driver
};

struct CreatedContainer {
    std::string id;
    std::vector<std::string> warnings;
};

struct CreateNetwork {
    std::string name;
    Labels labels;
    std::string subnet = {};  // empty: the engine's choice
};

struct CreateVolume {
    std::string name;
    Labels labels;
    std::string driver = {};  // empty: the engine's default
    Labels driver_options = {};
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

// Which containers, networks or volumes a list call gives, or whose events: all of them where
// nothing is set.
struct Filters {
    std::vector<std::string> labels = {};  // "key" or "key=value", all of which must match
    // Whole names, one of which must match. Of events: names or IDs, or what these begin with.
    std::vector<std::string> names = {};
};

}  // namespace engine
