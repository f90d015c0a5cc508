#include "appliance/host_network.hpp"

#include <fmt/format.h>

#include "appliance/fields/port_fields.hpp"

namespace appliance {
namespace {

void refuse_addresses(const Object& object, Reading& reading) {
    const Member* ports = find_member(object, "ports");
    const Array* entries = ports == nullptr ? nullptr : ports->value.as<Array>();
    if (entries == nullptr) {
        return;
    }
    for (const Value& entry : *entries) {
        const Object* port = entry.as<Object>();
        if (const Member* address = port == nullptr ? nullptr : find_member(*port, "host_ip")) {
            reading.problems.error("`host_ip` has no meaning on the `host` network",
                                   address->key_span,
                                   "remove it: where the program listens is what the program says");
        }
    }
}

}  // namespace

void settle_host_network(const Object& object, Draft& draft, Reading& reading) {
    if (draft.container.network_mode != NetworkMode::host) {
        return;
    }
    refuse_addresses(object, reading);
    for (Port& port : draft.container.ports) {
        if (port.host_port != 0 && port.host_port != port.container_port) {
            reading.problems.error(
                fmt::format("on the `host` network {}/{} cannot be host port {}",
                            port.container_port, name_of(port.protocol), port.host_port),
                port.where, "the container port is the host port there: remove `host_port`");
        } else if (draft.container.instances > 1 && port.container_port != 0) {
            reading.problems.error(
                fmt::format("{} instances cannot share {}/{} of the host network",
                            draft.container.instances, port.container_port, name_of(port.protocol)),
                port.where, "write one instance, or `\"network_mode\": \"container\"`");
        }
        port.host_port = port.container_port;
        port.host_ip.clear();
    }
}

}  // namespace appliance
