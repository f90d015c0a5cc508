#pragma once

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

enum class ContainerType { service, job };
enum class NetworkMode { container, bridge, host };
enum class Protocol { tcp, udp, sctp };

struct Resources {
    std::optional<double> cpus;       // whole processors, may be a fraction
    std::optional<std::int64_t> mem;  // MiB, a hard limit
};

struct Port {
    std::uint16_t container_port = 0;
    std::uint16_t host_port = 0;  // 0: the engine picks one
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
};  // `args`: follow the image's entrypoint
using Command = std::variant<ImageCommand, ShellCommand, Arguments>;

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
    // The containers that must be ready first: `dependencies` and references, without repeats,
    // sorted, and acyclic over the whole appliance (a reference that would close a cycle of
    // references is left out).
    std::vector<ContainerId> needs;
    diagnostics::Span where;        // of the container's object
    diagnostics::Span image_where;  // of `image`'s value
};

struct Appliance {
    ApplianceId id;
    std::vector<Container> containers;  // in document order
};

}  // namespace appliance
