#include "describe.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "appliance/fields/port_fields.hpp"
#include "base/overload.hpp"
#include "diagnostics/render.hpp"

namespace {

using namespace appliance;

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string describe(const Command& command) {
    return std::visit(base::Overload{
                          [](const ImageCommand&) { return std::string(); },
                          [](const ShellCommand& shell) { return ", cmd " + quoted(shell.line); },
                          [](const Arguments& arguments) {
                              std::string text = ", args";
                              for (const std::string& argument : arguments.list) {
                                  text += " " + quoted(argument);
                              }
                              return text;
                          },
                      },
                      command);
}

std::string describe(const Port& port) {
    std::string text = fmt::format(", port {}/{}", port.container_port, name_of(port.protocol));
    if (port.host_port != 0 || !port.host_ip.empty()) {
        text += fmt::format(" on {}:{}", port.host_ip, port.host_port);
    }
    return port.name.empty() ? text : fmt::format("{} named {}", text, port.name);
}

std::string in_milliseconds(std::chrono::milliseconds time) {
    return fmt::format("{} ms", time.count());
}

std::string describe(const Mount& mount) {
    const std::string source =
        std::visit(base::Overload{
                       [](const HostFolder& folder) { return "folder " + folder.path; },
                       [](const VolumeId& volume) { return "volume " + volume.str(); },
                   },
                   mount.source);
    return fmt::format(", {} on {}{}", source, mount.target,
                       mount.access == Access::read_only ? " read-only" : "");
}

std::string describe(const HealthCheck& check) {
    const std::string probe = std::visit(
        base::Overload{
            [](const CommandCheck& command) { return "command " + quoted(command.line); },
            [](const ImageHealthCheck&) { return std::string("the image's"); },
            [](const TcpCheck& tcp) { return fmt::format("tcp {}", tcp.port); },
            [](const HttpCheck& http) {
                return fmt::format("{} {}{}",
                                   http.scheme == HttpCheck::Scheme::https ? "https" : "http",
                                   http.port, http.path);
            },
        },
        check.probe);
    return fmt::format(", check {} every {} within {} after {}, {} failures", probe,
                       in_milliseconds(check.interval), in_milliseconds(check.timeout),
                       in_milliseconds(check.grace), check.max_failures);
}

std::string describe(const Restart& restart, ContainerType type) {
    const Restart standard{
        type == ContainerType::job ? Restart::Policy::no : Restart::Policy::unless_stopped, 0};
    if (restart == standard) {
        return "";
    }
    switch (restart.policy) {
        case Restart::Policy::no: return ", restart no";
        case Restart::Policy::always: return ", restart always";
        case Restart::Policy::on_failure:
            return fmt::format(", restart on-failure:{}", restart.max_retries);
        case Restart::Policy::unless_stopped: return ", restart unless-stopped";
    }
    return "";
}

std::string describe(PullPolicy pull) {
    switch (pull) {
        case PullPolicy::missing: return ", pull missing";
        case PullPolicy::always: return ", pull always";
        case PullPolicy::never: return ", pull never";
    }
    return "";
}

std::string in_brackets(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + quoted(word);
    }
    return "[" + text + "]";
}

std::string describe(const Extras& extras) {
    std::string text;
    const auto add = [&](std::string_view name, const std::string& value) {
        text += value.empty() ? "" : fmt::format(", {} {}", name, value);
    };
    add("entrypoint", extras.entrypoint ? in_brackets(*extras.entrypoint) : "");
    add("in", extras.working_dir);
    add("as", extras.user);
    add("hostname", extras.hostname);
    add("init", extras.init ? fmt::format("{}", *extras.init) : "");
    add("stop by", extras.stop_signal);
    add("stop within", extras.stop_grace_period ? in_milliseconds(*extras.stop_grace_period) : "");
    for (const auto& [name, value] : extras.labels) {
        add("label", name + "=" + quoted(value));
    }
    add("cap_add", extras.cap_add.empty() ? "" : in_brackets(extras.cap_add));
    add("cap_drop", extras.cap_drop.empty() ? "" : in_brackets(extras.cap_drop));
    text += extras.read_only ? ", read-only" : "";
    for (const TmpfsMount& tmpfs : extras.tmpfs) {
        add("tmpfs", tmpfs.target + (tmpfs.options.empty() ? "" : " with " + tmpfs.options));
    }
    add("shm", extras.shm_size ? fmt::format("{}", *extras.shm_size) : "");
    for (const Ulimit& ulimit : extras.ulimits) {
        add("ulimit", fmt::format("{} {}:{}", ulimit.name, ulimit.soft, ulimit.hard));
    }
    for (const Device& device : extras.devices) {
        add("device", device.on_host + " as " + device.in_container + " " + device.permissions);
    }
    for (const ExtraHost& host : extras.extra_hosts) {
        add("host", host.name + " at " + host.address);
    }
    add("platform", extras.platform);
    return text;
}

std::string describe(const Resources& resources) {
    std::string text;
    text += resources.cpus ? fmt::format(", cpus {}", *resources.cpus) : "";
    text += resources.mem ? fmt::format(", mem {}", *resources.mem) : "";
    text += resources.disk ? fmt::format(", disk {}", *resources.disk) : "";
    return text + (resources.gpu == 0 ? "" : fmt::format(", gpu {}", resources.gpu));
}

// Of those that it names, the ones that it need not wait for.
std::string only_reached(const Container& container) {
    std::string text;
    for (const ContainerId& id : container.reaches) {
        if (std::find(container.needs.begin(), container.needs.end(), id) ==
            container.needs.end()) {
            text += fmt::format(", reaches {}", id);
        }
    }
    return text;
}

std::string describe(const Container& container) {
    std::string text = fmt::format("{}: {}", container.id, container.image);
    text += container.type == ContainerType::job ? ", job" : "";
    text += describe(container.resources);
    text += container.instances == 1 ? "" : fmt::format(", instances {}", container.instances);
    text += container.network_mode == NetworkMode::bridge ? ", bridge" : "";
    text += container.network_mode == NetworkMode::host ? ", host" : "";
    text += describe(container.command);
    for (const auto& [name, value] : container.env) {
        text += fmt::format(", env {}={}", name, quoted(value));
    }
    for (const Port& port : container.ports) {
        text += describe(port);
    }
    for (const Mount& mount : container.mounts) {
        text += describe(mount);
    }
    text += container.health_check ? describe(*container.health_check) : "";
    text += container.image_check == ImageCheck::off ? ", no check" : "";
    text += container.minimum_capacity == 1
                ? ""
                : fmt::format(", capacity {}", container.minimum_capacity);
    text += describe(container.restart, container.type);
    text += container.privileged ? ", privileged" : "";
    text += container.pull ? describe(*container.pull) : "";
    text += describe(container.extras);
    for (const ContainerId& id : container.needs) {
        text += fmt::format(", needs {}", id);
    }
    return text + only_reached(container) + "\n";
}

std::string describe(const PersistentVolume& volume) {
    std::string text = fmt::format("volume {}", volume.id);
    text += volume.scope == PersistentVolume::Scope::global ? ", global" : "";
    text += volume.driver == "local" ? "" : ", driver " + volume.driver;
    for (const auto& [name, value] : volume.driver_options) {
        text += fmt::format(", option {}={}", name, quoted(value));
    }
    return text + "\n";
}

}  // namespace

std::string describe(const Appliance& appliance) {
    std::string text = fmt::format("{}\n", appliance.id);
    for (const Container& container : appliance.containers) {
        text += describe(container);
    }
    for (const PersistentVolume& volume : appliance.volumes) {
        text += describe(volume);
    }
    return text;
}

std::string read_text(const std::string& text) {
    const diagnostics::Source source("appliance.json", text);
    const ReadResult result = read(source);
    return render(result.diagnostics, source) +
           (result.appliance ? describe(*result.appliance) : "");
}

std::string read_containers(const std::string& containers) {
    return read_text("{ \"id\": \"shop\", \"containers\": [\n" + containers + "\n] }\n");
}
