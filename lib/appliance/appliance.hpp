#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/strong.hpp"
#include "diagnostics/source.hpp"

// The validated document: every reference resolved, every value in its range.
namespace appliance {

using ApplianceId = base::Strong<struct ApplianceIdTag>;
using ContainerId = base::Strong<struct ContainerIdTag>;
using VolumeId = base::Strong<struct VolumeIdTag>;

enum class ContainerType { service, job };
enum class NetworkMode { container, bridge, host };
enum class Protocol { tcp, udp, sctp };

struct Resources {
    std::optional<double> cpus;        // whole processors, may be a fraction
    std::optional<std::int64_t> mem;   // MiB, a hard limit
    std::optional<std::int64_t> disk;  // MiB, of the container's own layer
    int gpu = 0;                       // whole devices
};

struct Port {
    std::uint16_t container_port = 0;
    std::uint16_t host_port = 0;  // 0: the engine picks one; in host mode the container port
    Protocol protocol = Protocol::tcp;
    std::string name;         // may be empty
    std::string host_ip;      // a valid IP address, or empty: all addresses
    diagnostics::Span where;  // of `host_port`'s value, else of the port's object
};

// What runs in a container. References are resolved already.
struct ImageCommand {};  // what the image says
struct ShellCommand {
    std::string line;
};  // `cmd`: run by /bin/sh -c instead of the image's entrypoint
struct Arguments {
    std::vector<std::string> list;
};  // `args`: follow the image's entrypoint, or `entrypoint`
using Command = std::variant<ImageCommand, ShellCommand, Arguments>;

enum class Access { read_write, read_only };

struct HostFolder {
    std::string path;              // absolute, on the engine's machine
    diagnostics::Span where = {};  // of the path in the document
};
struct Mount {
    std::variant<HostFolder, VolumeId> source;  // a folder, or a declared persistent volume
    std::string target;                         // absolute, in the container
    Access access = Access::read_write;
    diagnostics::Span where;  // of the mount's object
};

// An entry of `data_persistence.volumes`.
struct PersistentVolume {
    enum class Scope { local, global };  // local: the appliance's own; global: shared by name
    VolumeId id;
    Scope scope = Scope::local;
    std::string driver = "local";
    std::map<std::string, std::string> driver_options;
    diagnostics::Span where;
};

struct CommandCheck {
    std::string line;  // run by /bin/sh -c in the container; healthy when it exits 0
};
struct TcpCheck {
    std::uint16_t port = 0;  // a container port
};
struct HttpCheck {  // healthy at a status from 200 to 399
    enum class Scheme { http, https };
    Scheme scheme = Scheme::http;
    std::uint16_t port = 0;  // a container port
    std::string path = "/";
};
// What the image itself declares: {"CMD", …} or {"CMD-SHELL", "…"}. No document says it; it stands
// here once the image is known.
struct ImageHealthCheck {
    std::vector<std::string> test;
};
struct HealthCheck {
    std::variant<CommandCheck, TcpCheck, HttpCheck, ImageHealthCheck> probe;
    std::chrono::milliseconds interval = std::chrono::seconds(60);
    std::chrono::milliseconds timeout = std::chrono::seconds(20);
    std::chrono::milliseconds grace = std::chrono::seconds(300);  // failures in it do not count
    int max_failures = 3;                                         // in a row: then it is unhealthy
};

// The HEALTHCHECK that the image declares.
enum class ImageCheck { applies, off };

struct Restart {
    enum class Policy { no, always, on_failure, unless_stopped };
    Policy policy = Policy::unless_stopped;
    int max_retries = 0;  // of on_failure; 0: without end

    friend bool operator==(const Restart&, const Restart&) = default;
};

enum class PullPolicy { missing, always, never };

struct Ulimit {
    std::string name;                 // nofile, nproc, …
    std::int64_t soft = 0, hard = 0;  // -1: no limit
};
struct Device {
    std::string on_host, in_container;  // absolute paths
    std::string permissions = "rwm";
};
struct TmpfsMount {
    std::string target;   // absolute
    std::string options;  // as mount(8) takes them; may be empty
};
struct ExtraHost {
    std::string name;
    std::string address;  // an IP address, or `host-gateway`
};

// The keys that are the Compose specification's. Empty and unset: what the image or the engine
// says.
struct Extras {
    std::optional<std::vector<std::string>> entrypoint;
    std::string working_dir;
    std::string user;
    std::string hostname;
    std::optional<bool> init;
    std::string stop_signal;
    std::optional<std::chrono::milliseconds> stop_grace_period;
    std::map<std::string, std::string> labels;
    std::vector<std::string> cap_add, cap_drop;
    bool read_only = false;
    std::vector<TmpfsMount> tmpfs;
    std::optional<std::int64_t> shm_size;  // bytes
    std::vector<Ulimit> ulimits;
    std::vector<Device> devices;
    std::vector<ExtraHost> extra_hosts;
    std::string platform;  // os[/architecture[/variant]]
};

struct Container {
    ContainerId id;
    ContainerType type = ContainerType::service;
    std::string image;
    Resources resources;
    int instances = 1;
    Command command;
    std::map<std::string, std::string> env;
    NetworkMode network_mode = NetworkMode::container;
    std::vector<Port> ports;
    std::vector<Mount> mounts;
    std::optional<HealthCheck> health_check;       // `default_health_check`, too
    ImageCheck image_check = ImageCheck::applies;  // where there is no `health_check`
    double minimum_capacity = 1;                   // the fraction of instances that must be healthy
    Restart restart;                               // `restart`, `retries`, or the type's default
    bool privileged = false;
    std::optional<PullPolicy> pull;  // `pull_policy` or `force_pull_image`; none: missing
    Extras extras;
    // The containers that must be ready first: `dependencies` and references, without repeats,
    // sorted, and acyclic over the whole appliance (a reference that would close a cycle of
    // references is left out).
    std::vector<ContainerId> needs;
    // Those that it names at all, in `dependencies` or a reference: it has to be able to reach
    // them. Without repeats and itself, sorted.
    std::vector<ContainerId> reaches;
    diagnostics::Span where;        // of the container's object
    diagnostics::Span image_where;  // of `image`'s value
};

struct Appliance {
    ApplianceId id;
    std::vector<Container> containers;           // in document order
    std::vector<PersistentVolume> volumes = {};  // in document order
};

}  // namespace appliance
