#include "plan/canonical.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "appliance/fields/port_fields.hpp"
#include "base/overload.hpp"

namespace plan {
namespace {

using Json = nlohmann::ordered_json;
using Lines = std::vector<std::string>;

constexpr std::chrono::seconds usual_stop_grace{10};
constexpr std::int64_t usual_shm_size = 64 * 1024 * 1024;

Lines sorted(Lines lines) {
    std::sort(lines.begin(), lines.end());
    return lines;
}

// A text that says each of the lines; empty when there is none.
std::string text_of(const Lines& lines) { return lines.empty() ? "" : Json(lines).dump(); }

template <class Entries, class Line>
Lines lines_of(const Entries& entries, const Line& line) {
    Lines lines;
    for (const auto& entry : entries) {
        lines.push_back(line(entry));
    }
    return lines;
}

std::string pairs(const std::map<std::string, std::string>& pairs) {
    return pairs.empty() ? "" : Json(pairs).dump();
}

template <class Number>
std::string number(const std::optional<Number>& value) {
    return value ? Json(*value).dump() : "";
}

std::string type(appliance::ContainerType type) {
    switch (type) {
        case appliance::ContainerType::service: return "";
        case appliance::ContainerType::job: return "job";
    }
    return "";
}

std::string network(appliance::NetworkMode mode) {
    switch (mode) {
        case appliance::NetworkMode::container:
        case appliance::NetworkMode::bridge: return "";
        case appliance::NetworkMode::host: return "host";
    }
    return "";
}

std::string ports(const appliance::Container& container) {
    if (container.network_mode == appliance::NetworkMode::host) {
        return "";
    }
    return text_of(sorted(lines_of(container.ports, [](const appliance::Port& port) {
        return fmt::format("{}/{} {} {}", port.container_port, name_of(port.protocol),
                           port.host_port, port.host_ip);
    })));
}

std::string source(const appliance::Mount& mount,
                   const std::vector<appliance::PersistentVolume>& volumes) {
    using Scope = appliance::PersistentVolume::Scope;
    return std::visit(base::Overload{
                          [](const appliance::HostFolder& folder) { return folder.path; },
                          [&](const appliance::VolumeId& id) {
                              const bool is_global =
                                  std::any_of(volumes.begin(), volumes.end(), [&](const auto& one) {
                                      return one.id == id && one.scope == Scope::global;
                                  });
                              return is_global ? "global " + id.str() : id.str();
                          },
                      },
                      mount.source);
}

std::string_view access(appliance::Access access) {
    switch (access) {
        case appliance::Access::read_write: return "rw";
        case appliance::Access::read_only: return "ro";
    }
    return "";
}

std::string check(appliance::ImageCheck check) {
    switch (check) {
        case appliance::ImageCheck::applies: return "";
        case appliance::ImageCheck::off: return "none";
    }
    return "";
}

// Checks that pivot runs itself are nothing to the engine, but for the image's own being off. What
// the image declares stands in its ID.
std::string check(const appliance::HealthCheck& check) {
    return std::visit(base::Overload{
                          [&](const appliance::CommandCheck& command) {
                              return Json({command.line, check.interval.count(),
                                           check.timeout.count(), check.max_failures})
                                  .dump();
                          },
                          [](const appliance::TcpCheck&) { return std::string("none"); },
                          [](const appliance::HttpCheck&) { return std::string("none"); },
                          [](const appliance::ImageHealthCheck&) { return std::string(); },
                      },
                      check.probe);
}

std::string_view word(appliance::Restart::Policy policy) {
    using Policy = appliance::Restart::Policy;
    switch (policy) {
        case Policy::no: return "no";
        case Policy::always: return "always";
        case Policy::on_failure: return "on-failure";
        case Policy::unless_stopped: return "unless-stopped";
    }
    return "";
}

std::string restart(const appliance::Container& container) {
    using Policy = appliance::Restart::Policy;
    const bool is_job = container.type == appliance::ContainerType::job;
    const appliance::Restart usual{is_job ? Policy::no : Policy::unless_stopped, 0};
    return container.restart == usual ? ""
                                      : fmt::format("{} {}", word(container.restart.policy),
                                                    container.restart.max_retries);
}

// The engine counts seconds.
std::string stop_grace(const std::optional<std::chrono::milliseconds>& period) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(period.value_or(usual_stop_grace));
    return seconds == usual_stop_grace ? "" : fmt::format("{}", seconds.count());
}

// Of two flags that contradict each other the last one counts, so they keep their order; amounts,
// as `size=64m`, do not depend on each other.
std::string options(std::string_view text) {
    Lines flags;
    Lines amounts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        const std::string option(text.substr(0, end));
        (option.find('=') == std::string::npos ? flags : amounts).push_back(option);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::stable_sort(amounts.begin(), amounts.end(), [](const auto& a, const auto& b) {
        return a.substr(0, a.find('=')) < b.substr(0, b.find('='));
    });
    flags.insert(flags.end(), amounts.begin(), amounts.end());
    return fmt::format("{}", fmt::join(flags, ","));
}

std::string permissions(std::string letters) {
    std::sort(letters.begin(), letters.end());
    return letters;
}

// Several addresses of one name keep their order, in which they are tried.
std::string extra_hosts(std::vector<appliance::ExtraHost> hosts) {
    std::stable_sort(hosts.begin(), hosts.end(),
                     [](const auto& a, const auto& b) { return a.name < b.name; });
    return text_of(
        lines_of(hosts, [](const auto& host) { return host.name + " " + host.address; }));
}

class Parts {
public:
    void add(std::string name, std::string text) {
        if (!text.empty()) {
            list_.push_back({std::move(name), std::move(text)});
        }
    }
    void add_flag(std::string name, bool is_set) { add(std::move(name), is_set ? "true" : ""); }

    std::vector<CanonicalPart> take() && { return std::move(list_); }

private:
    std::vector<CanonicalPart> list_;
};

void add_command(Parts& parts, const appliance::Container& container) {
    std::visit(base::Overload{
                   [](const appliance::ImageCommand&) {},
                   [&](const appliance::ShellCommand& shell) { parts.add("cmd", shell.line); },
                   [&](const appliance::Arguments& arguments) {
                       parts.add("args", Json(arguments.list).dump());
                   },
               },
               container.command);
    if (container.extras.entrypoint) {
        parts.add("entrypoint", Json(*container.extras.entrypoint).dump());
    }
}

void add_resources(Parts& parts, const appliance::Resources& resources) {
    parts.add("cpus", number(resources.cpus));
    parts.add("mem", number(resources.mem));
    parts.add("disk", number(resources.disk));
    parts.add("gpu", resources.gpu == 0 ? "" : fmt::format("{}", resources.gpu));
}

void add_extras(Parts& parts, const appliance::Extras& extras) {
    const auto shm_size = extras.shm_size.value_or(usual_shm_size);
    parts.add("working_dir", extras.working_dir);
    parts.add("user", extras.user);
    parts.add("hostname", extras.hostname);
    parts.add_flag("init", extras.init.value_or(false));
    parts.add("stop_signal", extras.stop_signal);
    parts.add("stop_grace_period", stop_grace(extras.stop_grace_period));
    parts.add("labels", pairs(extras.labels));
    parts.add("cap_add", text_of(sorted(extras.cap_add)));
    parts.add("cap_drop", text_of(sorted(extras.cap_drop)));
    parts.add_flag("read_only", extras.read_only);
    parts.add("tmpfs", text_of(sorted(lines_of(extras.tmpfs, [](const auto& tmpfs) {
                  return tmpfs.target + " " + options(tmpfs.options);
              }))));
    parts.add("shm_size", shm_size == usual_shm_size ? "" : fmt::format("{}", shm_size));
    parts.add("ulimits", text_of(sorted(lines_of(extras.ulimits, [](const auto& limit) {
                  return fmt::format("{} {} {}", limit.name, limit.soft, limit.hard);
              }))));
    parts.add("devices", text_of(sorted(lines_of(extras.devices, [](const auto& device) {
                  return fmt::format("{} {} {}", device.in_container, device.on_host,
                                     permissions(device.permissions));
              }))));
    parts.add("extra_hosts", extra_hosts(extras.extra_hosts));
    parts.add("platform", extras.platform);
}

}  // namespace

std::vector<CanonicalPart> canonical_parts(
    const appliance::Container& container, const std::string& image_id,
    const std::vector<Host>& hosts, const std::vector<appliance::PersistentVolume>& volumes) {
    Parts parts;
    parts.add("type", type(container.type));
    parts.add("image", image_id);
    add_command(parts, container);
    parts.add("env", pairs(container.env));
    parts.add("ports", ports(container));
    parts.add("volumes", text_of(sorted(lines_of(container.mounts, [&](const auto& mount) {
                  return fmt::format("{} {} {}", mount.target, source(mount, volumes),
                                     access(mount.access));
              }))));
    parts.add("network_mode", network(container.network_mode));
    parts.add("host names",
              text_of(lines_of(hosts, [](const Host& host) { return to_string(host); })));
    add_resources(parts, container.resources);
    parts.add("health_check", container.health_check ? check(*container.health_check)
                                                     : check(container.image_check));
    parts.add("restart", restart(container));
    parts.add_flag("is_privileged", container.privileged);
    add_extras(parts, container.extras);
    return std::move(parts).take();
}

}  // namespace plan
