#include "apply/translate.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/overload.hpp"
#include "base/version.hpp"

namespace apply {
namespace {

constexpr std::size_t longest_hostname =
    64;  // bytes; sethostname(2) refuses more when the container starts
constexpr std::int64_t mebibyte = 1024 * 1024;
constexpr double shares_per_cpu = 1024;
constexpr double nanos_per_cpu = 1e9;

void set_command(engine::CreateContainer& create, const appliance::Command& command) {
    std::visit(base::Overload{
                   [](const appliance::ImageCommand&) {},
                   [&](const appliance::ShellCommand& shell) {
                       create.entrypoint = {"/bin/sh", "-c", shell.line};
                       create.cmd = std::vector<std::string>{};
                   },
                   [&](const appliance::Arguments& arguments) { create.cmd = arguments.list; },
               },
               command);
}

void set_resources(engine::CreateContainer& create, const appliance::Resources& resources,
                   int engine_cpus) {
    if (resources.cpus) {
        create.cpu_shares = std::max<std::int64_t>(
            2, std::llround(*resources.cpus * shares_per_cpu));  // the kernel's least
        const double limit =
            engine_cpus > 0 ? std::min<double>(*resources.cpus, engine_cpus) : *resources.cpus;
        create.nano_cpus = std::llround(limit * nanos_per_cpu);
    }
    if (resources.mem) {
        create.memory = *resources.mem * mebibyte;
    }
}

std::vector<std::string> environment(const appliance::Container& container, int number,
                                     const plan::ApplianceId& appliance) {
    std::map<std::string, std::string> env = {
        {"PIVOT_APPLIANCE", appliance.str()},
        {"PIVOT_CONTAINER", container.id.str()},
        {"PIVOT_INSTANCE", fmt::format("{}", number)},
    };
    // Images made for PIVOT read these.
    if (container.resources.cpus) {
        env["MARATHON_APP_RESOURCE_CPUS"] = fmt::format("{}", *container.resources.cpus);
    }
    if (container.resources.mem) {
        env["MARATHON_APP_RESOURCE_MEM"] = fmt::format("{}", *container.resources.mem);
    }
    for (const auto& [name, value] : container.env) {
        env[name] = value;
    }
    std::vector<std::string> list;
    for (const auto& [name, value] : env) {
        list.push_back(name + "=" + value);
    }
    return list;
}

}  // namespace

plan::RunState to_plan(engine::ContainerState state) {
    switch (state) {
        case engine::ContainerState::created: return plan::RunState::created;
        case engine::ContainerState::running: return plan::RunState::running;
        case engine::ContainerState::paused: return plan::RunState::paused;
        case engine::ContainerState::restarting: return plan::RunState::restarting;
        case engine::ContainerState::removing: return plan::RunState::removing;
        case engine::ContainerState::exited: return plan::RunState::exited;
        case engine::ContainerState::dead: return plan::RunState::dead;
    }
    return plan::RunState::dead;
}

std::string_view to_engine(appliance::Protocol protocol) {
    switch (protocol) {
        case appliance::Protocol::tcp: return "tcp";
        case appliance::Protocol::udp: return "udp";
        case appliance::Protocol::sctp: return "sctp";
    }
    return "";
}

std::optional<appliance::Protocol> to_protocol(std::string_view name) {
    using appliance::Protocol;
    for (const Protocol protocol : {Protocol::tcp, Protocol::udp, Protocol::sctp}) {
        if (to_engine(protocol) == name) {
            return protocol;
        }
    }
    return std::nullopt;
}

// PIVOT's services come back by themselves after a crash or a reboot, unless somebody stopped them.
engine::RestartPolicy restart_policy(const appliance::Container& container) {
    return {.name = container.type == appliance::ContainerType::service ? "unless-stopped" : "no",
            .maximum_retry_count = 0};
}

engine::CreateContainer to_engine(const appliance::Container& container, int number,
                                  const plan::RecordedContainer& entry,
                                  const Surroundings& surroundings) {
    const plan::Instance instance{container.id, number};
    engine::CreateContainer create;
    create.name = plan::engine_name(surroundings.appliance, instance);
    create.image = container.image;
    create.env = environment(container, number, surroundings.appliance);
    create.labels = {
        {plan::label::appliance, surroundings.appliance.str()},
        {plan::label::container, container.id.str()},
        {plan::label::instance, fmt::format("{}", number)},
        {plan::label::fingerprint, entry.fingerprint},
        {plan::label::version, std::string(base::version)},
        {plan::label::entry, plan::to_text(entry)},
    };
    create.restart_policy = restart_policy(container);
    set_command(create, container.command);
    set_resources(create, container.resources, surroundings.engine_cpus);
    if (container.network_mode == appliance::NetworkMode::host) {
        create.network_mode = "host";
        return create;
    }
    const std::string host_name = plan::host_name(instance);
    if (host_name.size() <= longest_hostname) {
        create.hostname = host_name;
    }
    create.network_mode = surroundings.network_id;
    create.aliases = {container.id.str(), host_name};
    for (const appliance::Port& port : container.ports) {
        create.ports.push_back({port.container_port, std::string(to_engine(port.protocol)),
                                port.host_ip, port.host_port});
    }
    return create;
}

}  // namespace apply
