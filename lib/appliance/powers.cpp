#include "appliance/powers.hpp"

#include <algorithm>

#include "appliance/fields/linux_names.hpp"

namespace appliance {
namespace {

// The local driver mounts whatever its options say, a folder of the host as well.
bool mounts_by_options(const Appliance& appliance, const VolumeId& id) {
    return std::any_of(appliance.volumes.begin(), appliance.volumes.end(),
                       [&](const PersistentVolume& volume) {
                           return volume.id == id && !volume.driver_options.empty();
                       });
}

bool is_given_to_all(const std::string& capability) {
    const auto names = default_capability_names();
    return std::find(names.begin(), names.end(), capability) != names.end();
}

}  // namespace

std::vector<Power> powers_of(const Appliance& appliance) {
    std::vector<Power> powers;
    for (const Container& container : appliance.containers) {
        const auto add = [&](Power::Kind kind, std::string what = {}) {
            powers.push_back({container.id, kind, std::move(what)});
        };
        if (container.privileged) {
            add(Power::Kind::privileged);
        }
        if (container.network_mode == NetworkMode::host) {
            add(Power::Kind::host_network);
        }
        for (const Mount& mount : container.mounts) {
            if (const auto* folder = std::get_if<HostFolder>(&mount.source)) {
                add(Power::Kind::host_mount, folder->path);
                powers.back().access = mount.access;
            } else if (const auto& id = std::get<VolumeId>(mount.source);
                       mounts_by_options(appliance, id)) {
                add(Power::Kind::volume_options, id.str());
            }
        }
        for (const std::string& capability : container.extras.cap_add) {
            if (!is_given_to_all(capability)) {
                add(Power::Kind::capability, capability);
            }
        }
        for (const Device& device : container.extras.devices) {
            add(Power::Kind::device, device.on_host);
        }
    }
    return powers;
}

}  // namespace appliance
