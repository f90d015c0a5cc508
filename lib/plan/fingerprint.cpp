#include "plan/fingerprint.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/overload.hpp"

namespace plan {
namespace {

using Json = nlohmann::ordered_json;

// Raised when the canonical form changes: every container is then replaced once.
constexpr int canonical_schema = 1;

struct Part {
    std::string name;  // as the reason says it: "env changed"
    std::string canonical;
};

Json to_json(const appliance::Command& command) {
    return std::visit(
        base::Overload{
            [](const appliance::ImageCommand&) { return Json(nullptr); },
            [](const appliance::ShellCommand& shell) { return Json(shell.line); },
            [](const appliance::Arguments& arguments) { return Json(arguments.list); },
        },
        command);
}

Json ports(const std::vector<appliance::Port>& ports) {
    std::vector<std::string> sorted;
    for (const appliance::Port& port : ports) {
        sorted.push_back(fmt::format("{} {} {} {}", port.container_port, port.host_port,
                                     static_cast<int>(port.protocol), port.host_ip));
    }
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

Json resources(const appliance::Resources& resources) {
    Json json = Json::object();
    json["cpus"] = resources.cpus ? Json(*resources.cpus) : Json();
    json["mem"] = resources.mem ? Json(*resources.mem) : Json();
    json["disk"] = resources.disk ? Json(*resources.disk) : Json();
    json["gpu"] = resources.gpu;
    return json;
}

std::string network(appliance::NetworkMode mode) {
    switch (mode) {
        case appliance::NetworkMode::container:
        case appliance::NetworkMode::bridge: return "own";
        case appliance::NetworkMode::host: return "host";
    }
    return "";
}

std::string volume(const appliance::VolumeId& id,
                   const std::vector<appliance::PersistentVolume>& volumes) {
    using Scope = appliance::PersistentVolume::Scope;
    const bool is_global = std::any_of(volumes.begin(), volumes.end(), [&](const auto& one) {
        return one.id == id && one.scope == Scope::global;
    });
    return is_global ? "global " + id.str() : id.str();
}

Json mounts(const std::vector<appliance::Mount>& mounts,
            const std::vector<appliance::PersistentVolume>& volumes) {
    std::vector<std::string> sorted;
    for (const appliance::Mount& mount : mounts) {
        const std::string source =
            std::visit(base::Overload{
                           [](const appliance::HostFolder& folder) { return folder.path; },
                           [&](const appliance::VolumeId& id) { return volume(id, volumes); },
                       },
                       mount.source);
        sorted.push_back(fmt::format("{} {} {}", mount.target, source,
                                     mount.access == appliance::Access::read_only ? "ro" : "rw"));
    }
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

// Checks that pivot runs itself are nothing to the engine, but for the image's own being off.
Json check(const std::optional<appliance::HealthCheck>& check) {
    if (!check) {
        return nullptr;
    }
    const auto* command = std::get_if<appliance::CommandCheck>(&check->probe);
    if (command == nullptr) {
        return "none";
    }
    return {command->line, check->interval.count(), check->timeout.count(), check->max_failures};
}

Json hosts(const std::vector<Host>& hosts) {
    Json list = Json::array();
    for (const Host& host : hosts) {
        list.push_back(to_string(host));
    }
    return list;
}

// As an object without what is unset, so that a new setting changes no fingerprint.
Json settings(const appliance::Container& container) {
    const appliance::Extras& extras = container.extras;
    Json json = Json::object();
    const auto add = [&](const char* name, const auto& value) {
        if (value != std::decay_t<decltype(value)>{}) {
            json[name] = value;
        }
    };
    add("privileged", container.privileged);
    add("working_dir", extras.working_dir);
    add("user", extras.user);
    add("hostname", extras.hostname);
    add("init", static_cast<int>(extras.init.has_value()) + static_cast<int>(extras.init == true));
    add("stop_signal", extras.stop_signal);
    add("stop_grace_period", extras.stop_grace_period ? extras.stop_grace_period->count() + 1 : 0);
    add("labels", extras.labels);
    add("cap_add", extras.cap_add);
    add("cap_drop", extras.cap_drop);
    add("read_only", extras.read_only);
    add("shm_size", extras.shm_size.value_or(0));
    add("platform", extras.platform);
    for (const appliance::TmpfsMount& tmpfs : extras.tmpfs) {
        json["tmpfs"].push_back({tmpfs.target, tmpfs.options});
    }
    for (const appliance::Ulimit& limit : extras.ulimits) {
        json["ulimits"].push_back({limit.name, limit.soft, limit.hard});
    }
    for (const appliance::Device& device : extras.devices) {
        json["devices"].push_back({device.on_host, device.in_container, device.permissions});
    }
    for (const appliance::ExtraHost& host : extras.extra_hosts) {
        json["extra_hosts"].push_back({host.name, host.address});
    }
    return json;
}

Json command(const appliance::Container& container) {
    const auto& entrypoint = container.extras.entrypoint;
    return {to_json(container.command), entrypoint ? Json(*entrypoint) : Json()};
}

std::vector<Part> parts_of(const appliance::Container& container, const std::string& image_id,
                           const std::vector<Host>& known_hosts,
                           const std::vector<appliance::PersistentVolume>& volumes) {
    return {
        {"type", fmt::format("{}", static_cast<int>(container.type))},
        {"image", image_id},
        {"command", command(container).dump()},
        {"env", Json(container.env).dump()},
        {"ports", ports(container.ports).dump()},
        {"volumes", mounts(container.mounts, volumes).dump()},
        {"network mode", network(container.network_mode)},
        {"host names", hosts(known_hosts).dump()},
        {"resources", resources(container.resources).dump()},
        {"health check", check(container.health_check).dump()},
        {"restart", fmt::format("{} {}", static_cast<int>(container.restart.policy),
                                container.restart.max_retries)},
        {"settings", settings(container).dump()},
    };
}

struct Parsed {
    std::string schema_and_hash;
    std::vector<std::pair<std::string, std::string>> parts;  // name -> short hash
};

// "1-8c1f0e… image=5d2a, command=91b0"
Parsed parse(const std::string& text) {
    Parsed parsed;
    const std::size_t space = text.find(' ');
    parsed.schema_and_hash = text.substr(0, space);
    std::istringstream rest(space == std::string::npos ? "" : text.substr(space + 1));
    for (std::string part; std::getline(rest, part, ',');) {
        const std::size_t equals = part.rfind('=');
        if (equals != std::string::npos) {
            parsed.parts.emplace_back(part.substr(0, equals), part.substr(equals + 1));
        }
    }
    return parsed;
}

std::string listed(const std::vector<std::string>& names) {
    if (names.size() < 2) {
        return names.empty() ? "" : names.front();
    }
    const std::vector<std::string> head(names.begin(), names.end() - 1);
    return fmt::format("{} and {}", fmt::join(head, ", "), names.back());
}

}  // namespace

std::string fingerprint(const appliance::Container& container, const std::string& image_id,
                        const std::vector<Host>& hosts,
                        const std::vector<appliance::PersistentVolume>& volumes) {
    std::string whole;
    std::vector<std::string> short_hashes;
    for (const Part& part : parts_of(container, image_id, hosts, volumes)) {
        whole += fmt::format("{}\n{}\n", part.name, part.canonical);
        short_hashes.push_back(
            fmt::format("{}={:04x}", part.name, base::hash(part.canonical) & 0xffffU));
    }
    return fmt::format("{}-{:016x} {}", canonical_schema, base::hash(whole),
                       fmt::join(short_hashes, ","));
}

std::string difference(const std::string& before, const std::string& after) {
    const Parsed old_parts = parse(before);
    const Parsed new_parts = parse(after);
    if (old_parts.schema_and_hash.substr(0, old_parts.schema_and_hash.find('-')) !=
        new_parts.schema_and_hash.substr(0, new_parts.schema_and_hash.find('-'))) {
        return "made by another version of pivot";
    }
    std::vector<std::string> changed;
    for (const auto& part : new_parts.parts) {
        if (std::find(old_parts.parts.begin(), old_parts.parts.end(), part) ==
            old_parts.parts.end()) {
            changed.push_back(part.first);
        }
    }
    return changed.empty() ? "changed" : listed(changed) + " changed";
}

std::vector<std::string> changed_parts(const std::string& before, const std::string& after) {
    if (before.substr(0, before.find('-')) != after.substr(0, after.find('-'))) {
        return {};
    }
    const auto old_parts = parse(before).parts;
    const auto new_parts = parse(after).parts;
    std::vector<std::string> changed;
    const auto add_those_not_in = [&](const auto& parts, const auto& others) {
        for (const auto& part : parts) {
            const std::string name(part.first);
            if (std::find(others.begin(), others.end(), part) == others.end() &&
                std::find(changed.begin(), changed.end(), name) == changed.end()) {
                changed.push_back(name);
            }
        }
    };
    add_those_not_in(new_parts, old_parts);
    add_those_not_in(old_parts, new_parts);
    return changed;
}

}  // namespace plan
