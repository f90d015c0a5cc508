#include "appliance/host_ports.hpp"

#include <map>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "appliance/fields/port_fields.hpp"
#include "appliance/terms.hpp"

namespace appliance {
namespace {

struct Holder {
    const Container* container = nullptr;
    const Port* port = nullptr;
};

using Holders = std::map<std::string, Holder>;  // by address

constexpr std::string_view all_of_ipv4 = "0.0.0.0";
constexpr std::string_view all_of_ipv6 = "::";

std::string_view all_addresses_like(std::string_view address) {
    return address.find(':') == std::string_view::npos ? all_of_ipv4 : all_of_ipv6;
}

// Where a port listens, as an address of each family that it is on.
std::vector<std::string> addresses_of(const Port& port) {
    if (port.host_ip.empty()) {
        return {std::string(all_of_ipv4), std::string(all_of_ipv6)};
    }
    return {port.host_ip};
}

// Who holds the address, or one that overlaps it. The holders are of one family.
const Holder* find_holder(const Holders& holders, const std::string& address) {
    if (address == all_addresses_like(address)) {
        return holders.empty() ? nullptr : &holders.begin()->second;
    }
    for (const std::string& overlapping : {address, std::string(all_addresses_like(address))}) {
        if (const auto found = holders.find(overlapping); found != holders.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

std::string name_of(const Container& container) {
    return container.id.empty() ? "another container" : in_backticks(container.id.str());
}

class HostPorts {
public:
    explicit HostPorts(Reading& reading) : reading_(reading) {}

    void take(const Container& container, const Port& port) {
        for (const std::string& address : addresses_of(port)) {
            Holders& holders = taken_[{port.protocol, port.host_port, all_addresses_like(address)}];
            if (const Holder* holder = find_holder(holders, address)) {
                report(container, port, *holder);
                return;
            }
            holders.emplace(address, Holder{&container, &port});
        }
    }

private:
    void report(const Container& container, const Port& port, const Holder& holder) {
        const std::string_view way_out =
            container.network_mode == NetworkMode::host
                ? "on the `host` network each program needs a port of its own"
                : "choose another, or leave out `host_port` and the engine picks one";
        reading_.problems.error(
            fmt::format("host port {}/{} is given to {} already", port.host_port,
                        name_of(port.protocol), name_of(*holder.container)),
            port.where,
            fmt::format("line {} has it: {}", reading_.line(holder.port->where), way_out));
    }

    Reading& reading_;
    std::map<std::tuple<Protocol, std::uint16_t, std::string_view>, Holders> taken_;
};

}  // namespace

void check_host_ports(const std::vector<Draft>& containers, Reading& reading) {
    HostPorts host_ports(reading);
    for (const Draft& draft : containers) {
        for (const Port& port : draft.container.ports) {
            if (port.host_port != 0 && draft.container.instances > 0) {
                host_ports.take(draft.container, port);
            }
        }
    }
}

}  // namespace appliance
