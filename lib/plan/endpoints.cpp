#include "plan/endpoints.hpp"

#include <algorithm>

namespace plan {
namespace {

bool is_any_address(const std::string& ip) { return ip.empty() || ip == "0.0.0.0" || ip == "::"; }

}  // namespace

std::vector<Endpoint> endpoints_of(const ObservedInstance& instance,
                                   const RecordedContainer& recorded,
                                   const std::string& advertised_host) {
    std::vector<Endpoint> endpoints;
    if (instance.state != RunState::running) {
        return endpoints;  // the engine shows stale ports of containers that stopped
    }
    const std::vector<RecordedPort>& named = recorded.ports;
    std::vector<BoundPort> ports = instance.ports;
    if (recorded.host_network) {
        for (const RecordedPort& port : named) {
            ports.push_back({"", port.container_port, port.container_port, port.protocol});
        }
    }
    std::sort(ports.begin(), ports.end());  // 0.0.0.0 comes before ::
    for (const BoundPort& port : ports) {
        if (port.host_port == 0) {
            continue;
        }
        Endpoint endpoint;
        endpoint.host = is_any_address(port.host_ip) ? advertised_host : port.host_ip;
        endpoint.host_port = port.host_port;
        endpoint.container_port = port.container_port;
        endpoint.protocol = port.protocol;
        endpoint.instance = instance.instance.number;
        const auto entry = std::find_if(named.begin(), named.end(), [&](const RecordedPort& other) {
            return other.container_port == port.container_port && other.protocol == port.protocol;
        });
        if (entry != named.end()) {
            endpoint.name = entry->name;
        }
        const bool twin =
            std::any_of(endpoints.begin(), endpoints.end(), [&](const Endpoint& other) {
                return other.host == endpoint.host &&
                       other.container_port == endpoint.container_port &&
                       other.protocol == endpoint.protocol;
            });
        if (!twin) {
            endpoints.push_back(std::move(endpoint));
        }
    }
    return endpoints;
}

}  // namespace plan
