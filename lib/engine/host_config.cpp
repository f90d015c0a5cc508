#include "engine/host_config.hpp"

#include <fmt/format.h>

#include "engine/restart_policy.hpp"

namespace engine {
namespace {

// A port for the engine to choose is a binding with empty texts: engines up to 28 mix up the ports
// where a list of bindings is empty.
Json port_bindings(const std::vector<PortBinding>& ports) {
    Json bindings;
    for (const auto& port : ports) {
        const auto host_port = port.host_port == 0 ? std::string() : fmt::to_string(port.host_port);
        bindings[fmt::format("{}/{}", port.container_port, port.protocol)].push_back(
            {{"HostIp", port.host_ip}, {"HostPort", host_port}});
    }
    return bindings;
}

std::string_view type_of(const Mount& mount) {
    switch (mount.type) {
        case Mount::Type::bind: return "bind";
        case Mount::Type::volume: return "volume";
    }
    return "";
}

Json mounts_json(const std::vector<Mount>& mounts) {
    auto json = Json::array();
    for (const auto& mount : mounts) {
        Json entry = {{"Type", type_of(mount)},
                      {"Source", mount.source},
                      {"Target", mount.target},
                      {"ReadOnly", mount.read_only}};
        if (!mount.volume_labels.empty()) {
            entry["VolumeOptions"]["Labels"] = mount.volume_labels;
        }
        if (!mount.volume_driver.empty() || !mount.volume_driver_options.empty()) {
            entry["VolumeOptions"]["DriverConfig"] = {{"Name", mount.volume_driver},
                                                      {"Options", mount.volume_driver_options}};
        }
        json.push_back(std::move(entry));
    }
    return json;
}

Json ulimits_json(const std::vector<Ulimit>& ulimits) {
    auto json = Json::array();
    for (const auto& ulimit : ulimits) {
        json.push_back({{"Name", ulimit.name}, {"Soft", ulimit.soft}, {"Hard", ulimit.hard}});
    }
    return json;
}

Json devices_json(const std::vector<Device>& devices) {
    auto json = Json::array();
    for (const auto& device : devices) {
        json.push_back({{"PathOnHost", device.path_on_host},
                        {"PathInContainer", device.path_in_container},
                        {"CgroupPermissions", device.permissions}});
    }
    return json;
}

Json gpus_json(int count) {
    return Json::array({{{"Driver", ""},
                         {"Count", count},
                         {"Capabilities", Json::array({Json::array({"gpu"})})}}});
}

template <class T>
void add_where_set(Json& json, const char* name, const std::optional<T>& value) {
    if (value) {
        json[name] = *value;
    }
}

template <class T>
void add_unless_empty(Json& json, const char* name, const T& values) {
    if (!values.empty()) {
        json[name] = values;
    }
}

void add_resources(Json& json, const CreateContainer& container) {
    add_where_set(json, "CpuShares", container.cpu_shares);
    add_where_set(json, "NanoCpus", container.nano_cpus);
    add_where_set(json, "Memory", container.memory);
    add_where_set(json, "ShmSize", container.shm_size);
    if (container.disk) {
        json["StorageOpt"]["size"] = fmt::to_string(*container.disk);
    }
    if (container.gpus > 0) {
        json["DeviceRequests"] = gpus_json(container.gpus);
    }
    add_unless_empty(json, "Ulimits", ulimits_json(container.ulimits));
}

}  // namespace

Json host_config(const CreateContainer& container) {
    Json json = {{"NetworkMode", container.network_mode},
                 {"RestartPolicy", to_json(container.restart_policy)}};
    add_resources(json, container);
    add_unless_empty(json, "PortBindings", port_bindings(container.ports));
    add_unless_empty(json, "Mounts", mounts_json(container.mounts));
    add_unless_empty(json, "Tmpfs", container.tmpfs);
    add_unless_empty(json, "Devices", devices_json(container.devices));
    add_unless_empty(json, "ExtraHosts", container.extra_hosts);
    add_unless_empty(json, "CapAdd", container.cap_add);
    add_unless_empty(json, "CapDrop", container.cap_drop);
    add_where_set(json, "Init", container.init);
    if (container.privileged) {
        json["Privileged"] = true;
    }
    if (container.read_only) {
        json["ReadonlyRootfs"] = true;
    }
    return json;
}

}  // namespace engine
