#include "apply/translate.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <set>

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
// Between two checks before the first that passes: each costs about a quarter of a start.
constexpr auto start_interval = std::chrono::milliseconds(200);

void set_command(engine::CreateContainer& create, const appliance::Container& container) {
    if (container.extras.entrypoint) {
        create.entrypoint = container.extras.entrypoint;
        create.cmd = std::vector<std::string>{};  // the image's was for its own entrypoint
    }
    std::visit(base::Overload{
                   [](const appliance::ImageCommand&) {},
                   [&](const appliance::ShellCommand& shell) {
                       create.entrypoint = {"/bin/sh", "-c", shell.line};
                       create.cmd = std::vector<std::string>{};
                   },
                   [&](const appliance::Arguments& arguments) { create.cmd = arguments.list; },
               },
               container.command);
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
    if (resources.disk) {
        create.disk = *resources.disk * mebibyte;
    }
    create.gpus = resources.gpu;
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

// Its own volumes, the document's, and those that the image declares and nobody mounts: these get
// names, so that what is in them outlives the container.
void set_mounts(engine::CreateContainer& create, const appliance::Container& container,
                const plan::Instance& instance, const CreationContext& context) {
    const engine::Labels ours = {{plan::label::appliance, context.appliance.str()}};
    std::set<std::string> targets;
    for (const appliance::TmpfsMount& tmpfs : container.extras.tmpfs) {
        create.tmpfs[tmpfs.target] = tmpfs.options;
        targets.insert(tmpfs.target);
    }
    for (const appliance::Mount& mount : container.mounts) {
        targets.insert(mount.target);
        engine::Mount made;
        made.target = mount.target;
        made.read_only = mount.access == appliance::Access::read_only;
        std::visit(
            base::Overload{
                [&](const appliance::HostFolder& folder) {
                    made.type = engine::Mount::Type::bind;
                    made.source = folder.path;
                },
                [&](const appliance::VolumeId& id) {
                    const auto& all = context.volumes;
                    const auto volume = std::find_if(
                        all.begin(), all.end(), [&](const auto& other) { return other.id == id; });
                    if (volume == all.end()) {
                        made.source = id.str();
                        return;
                    }
                    using Scope = appliance::PersistentVolume::Scope;
                    made.source = plan::volume_name(context.appliance, *volume);
                    made.volume_labels = volume->scope == Scope::local ? ours : engine::Labels{};
                    if (volume->driver != "local" || !volume->driver_options.empty()) {
                        made.volume_driver = volume->driver;
                        made.volume_driver_options = volume->driver_options;
                    }
                },
            },
            mount.source);
        create.mounts.push_back(std::move(made));
    }
    const auto declared = context.image_volumes.find(container.image);
    if (container.type == appliance::ContainerType::job ||
        declared == context.image_volumes.end()) {
        return;
    }
    for (const std::string& path : declared->second) {
        const std::string target = mount_target(path);
        if (!target.empty() && targets.insert(target).second) {
            create.mounts.push_back({.type = engine::Mount::Type::volume,
                                     .source = plan::volume_name(context.appliance, instance, path),
                                     .target = target,
                                     .volume_labels = ours});
        }
    }
}

// A check that pivot runs itself puts the image's own out of force, as the document can, too. Where
// the engine cannot run one sooner, it ignores the start interval.
void set_check(engine::CreateContainer& create, const appliance::Container& container) {
    if (!container.health_check) {
        switch (container.image_check) {
            case appliance::ImageCheck::applies: return;
            case appliance::ImageCheck::off:
                create.healthcheck = engine::Healthcheck{.test = {"NONE"}};
                return;
        }
    }
    const appliance::HealthCheck& check = *container.health_check;
    // The start interval counts with a start period only.
    const std::chrono::nanoseconds start_period =
        check.grace.count() > 0 ? check.grace : check.interval * check.max_failures;
    create.healthcheck = std::visit(
        base::Overload{
            [&](const appliance::CommandCheck& command) {
                return engine::Healthcheck{.test = {"CMD-SHELL", command.line},
                                           .interval = check.interval,
                                           .timeout = check.timeout,
                                           .start_period = start_period,
                                           .start_interval = start_interval,
                                           .retries = check.max_failures};
            },
            // What is not said is the image's.
            [&](const appliance::ImageHealthCheck&) {
                return engine::Healthcheck{
                    .test = {}, .start_period = start_period, .start_interval = start_interval};
            },
            [](const auto&) { return engine::Healthcheck{.test = {"NONE"}}; },
        },
        check.probe);
}

void set_hosts(engine::CreateContainer& create, const appliance::Container& container,
               const CreationContext& context) {
    for (const appliance::ExtraHost& host : container.extras.extra_hosts) {
        create.extra_hosts.push_back(host.name + ":" + host.address);
    }
    const auto known = context.hosts.of.find(container.id);
    if (known == context.hosts.of.end()) {
        return;
    }
    for (const plan::Host& host : known->second) {
        const std::string address = std::visit(
            base::Overload{
                [&](const plan::Slot& slot) { return address_of(slot, context.subnet).value(); },
                [](const plan::Gateway&) { return std::string("host-gateway"); },
                [](const plan::Loopback&) { return std::string("127.0.0.1"); },
            },
            host.at);
        create.extra_hosts.push_back(host.name + ":" + address);
        if (std::holds_alternative<plan::Slot>(host.at)) {
            create.labels[plan::label::network] = context.network_id;
        }
    }
}

void set_extras(engine::CreateContainer& create, const appliance::Container& container) {
    const appliance::Extras& extras = container.extras;
    create.platform = extras.platform;
    create.working_dir = extras.working_dir;
    create.user = extras.user;
    create.stop_signal = extras.stop_signal;
    create.init = extras.init;
    create.privileged = container.privileged;
    create.cap_add = extras.cap_add;
    create.cap_drop = extras.cap_drop;
    create.read_only = extras.read_only;
    create.shm_size = extras.shm_size;
    if (extras.stop_grace_period) {
        create.stop_timeout = static_cast<int>(
            std::chrono::ceil<std::chrono::seconds>(*extras.stop_grace_period).count());
    }
    for (const appliance::Ulimit& limit : extras.ulimits) {
        create.ulimits.push_back({limit.name, limit.soft, limit.hard});
    }
    for (const appliance::Device& device : extras.devices) {
        create.devices.push_back({device.on_host, device.in_container, device.permissions});
    }
}

void set_network(engine::CreateContainer& create, const appliance::Container& container,
                 const plan::Instance& instance, const CreationContext& context) {
    create.hostname = container.extras.hostname;
    if (container.network_mode == appliance::NetworkMode::host) {
        create.network_mode = "host";
        return;
    }
    const std::string host_name = plan::host_name(instance);
    if (create.hostname.empty() && host_name.size() <= longest_hostname) {
        create.hostname = host_name;
    }
    create.network_mode = context.network_id;
    create.aliases = {container.id.str(), host_name};
    if (const auto slot = context.hosts.slots.find(instance); slot != context.hosts.slots.end()) {
        create.ipv4_address = address_of(plan::Slot{slot->second}, context.subnet).value();
        create.labels[plan::label::slot] = fmt::format("{}", slot->second);
    }
    for (const appliance::Port& port : container.ports) {
        create.ports.push_back({port.container_port, std::string(to_engine(port.protocol)),
                                port.host_ip, port.host_port});
    }
}

}  // namespace

std::string mount_target(const std::string& declared) {
    std::string path =
        std::filesystem::path("/" + declared).lexically_normal().relative_path().string();
    while (path.ends_with('/')) {
        path.pop_back();
    }
    return path.empty() ? "" : "/" + path;
}

std::optional<SubnetTooSmall> find_too_small(const std::string& network, const std::string& subnet,
                                             const plan::HostTable& hosts) {
    int needed = 0;
    for (const auto& [instance, slot] : hosts.slots) {
        needed = std::max(needed, slot + 1);
    }
    if (needed == 0 || address_of(plan::Slot{needed - 1}, subnet)) {
        return std::nullopt;
    }
    int addresses = 0;
    while (address_of(plan::Slot{addresses}, subnet)) {
        ++addresses;
    }
    return SubnetTooSmall{network, subnet, addresses, needed};
}

std::optional<std::string> address_of(plan::Slot slot, const std::string& subnet) {
    const std::size_t slash = subnet.find('/');
    in_addr network{};
    unsigned prefix = 0;
    if (slash == std::string::npos ||
        inet_pton(AF_INET, subnet.substr(0, slash).c_str(), &network) != 1 ||
        std::from_chars(subnet.data() + slash + 1, subnet.data() + subnet.size(), prefix).ec !=
            std::errc{} ||
        prefix < 1 || prefix > 30) {
        return std::nullopt;
    }
    const std::uint32_t half = std::uint32_t{1} << (31 - prefix);
    if (static_cast<std::uint32_t>(slot.number) + 1 >= half) {  // the last one is the broadcast
        return std::nullopt;
    }
    in_addr address{};
    address.s_addr = htonl(ntohl(network.s_addr) + half + static_cast<std::uint32_t>(slot.number));
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, &address, text.data(), text.size());
    return text.data();
}

engine::CreateContainer to_engine(const appliance::Container& container,
                                  const plan::Instance& instance, plan::Role role,
                                  const plan::RecordedContainer& entry,
                                  const CreationContext& context) {
    engine::CreateContainer create;
    create.name = plan::engine_name(context.appliance, instance, role);
    create.image = container.image;
    create.env = environment(container, instance.number, context.appliance);
    create.labels.insert(container.extras.labels.begin(), container.extras.labels.end());
    const engine::Labels own = {
        {plan::label::appliance, context.appliance.str()},
        {plan::label::container, container.id.str()},
        {plan::label::instance, fmt::format("{}", instance.number)},
        {plan::label::fingerprint, entry.fingerprint},
        {plan::label::version, std::string(base::version)},
        {plan::label::entry, plan::to_text(entry)},
    };
    create.labels.insert(own.begin(), own.end());
    create.restart_policy = restart_policy(container);
    set_command(create, container);
    set_resources(create, container.resources, context.engine_cpus);
    set_extras(create, container);
    set_mounts(create, container, instance, context);
    set_check(create, container);
    set_hosts(create, container, context);
    set_network(create, container, instance, context);
    return create;
}

}  // namespace apply
