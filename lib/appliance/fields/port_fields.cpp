#include "appliance/fields/port_fields.hpp"

#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "appliance/fields/ip_address.hpp"
#include "appliance/terms.hpp"
#include "json/number.hpp"

namespace appliance {
namespace {

constexpr std::array<std::string_view, 3> protocols{"tcp", "udp", "sctp"};
constexpr std::string_view port_advice = "ports go from 1 to 65535";
constexpr std::string_view range_advice =
    "pivot has no port ranges yet: write an entry of `ports` for each of them";
constexpr std::string_view host_range_advice =
    "pivot has no port ranges yet: leave out `host_port`, the engine picks a port for each "
    "instance, and `pivot port` tells it";

void read_container_port(const Value& value, Port& port, Reading& reading) {
    const auto number =
        whole_in_range(value, "`container_port`", {1, 65535}, port_advice, reading.problems);
    port.container_port = static_cast<std::uint16_t>(number.value_or(0));
}

void read_host_port(const Value& value, Port& port, Reading& reading) {
    port.where = value.span;
    const auto number = whole_in_range(
        value, "`host_port`", {0, 65535},
        "ports go from 1 to 65535; with 0 the engine picks a free one", reading.problems);
    port.host_port = static_cast<std::uint16_t>(number.value_or(0));
}

void read_protocol(const Value& value, Port& port, Reading& reading) {
    if (const auto choice = one_of(protocols, value, "`protocol`", reading.problems)) {
        port.protocol = *choice == "udp"    ? Protocol::udp
                        : *choice == "sctp" ? Protocol::sctp
                                            : Protocol::tcp;
    }
}

void read_name(const Value& value, Port& port, Reading& reading) {
    if (check_no_nul(value, reading) == Fits::yes) {
        port.name = *value.as<std::string>();
    }
}

void read_host_ip(const Value& value, Port& port, Reading& reading) {
    const std::string& text = *value.as<std::string>();
    if (auto address = canonical_ip_address(text)) {
        port.host_ip = *std::move(address);
        return;
    }
    reading.problems.error(fmt::format("{} is no IP address", in_backticks(text)), value.span,
                           text == "localhost"
                               ? "write `127.0.0.1`"
                               : "write one like `127.0.0.1` or `::1`, or leave out `host_ip`");
}

bool is_port(std::string_view text, std::int64_t least) {
    const auto number = json::advice_on_number(text) ? std::nullopt : json::to_whole(text);
    return number && *number >= least && *number <= 65535;
}

// How people who know Compose write a port.
std::string advice_on_entry(const Value& entry) {
    const auto* number = entry.as<Number>();
    if (number != nullptr && is_port(number->text, 1)) {
        return fmt::format("write `{{ \"container_port\": {} }}`", number->text);
    }
    if (const auto* text = entry.as<std::string>()) {
        const std::size_t colon = text->find(':');
        const std::string host = text->substr(0, colon);
        const std::string container = colon == std::string::npos ? "" : text->substr(colon + 1);
        if (text->find_first_not_of("0123456789-:") == std::string::npos &&
            text->find('-') != std::string::npos) {
            return std::string(colon == std::string::npos ? range_advice : host_range_advice);
        }
        if (colon == std::string::npos && is_port(host, 1)) {
            return fmt::format("write `{{ \"container_port\": {} }}`", host);
        }
        if (is_port(host, 0) && is_port(container, 1)) {
            return fmt::format("write `{{ \"container_port\": {}, \"host_port\": {} }}`", container,
                               host);
        }
    }
    return "it is one port, as in `{ \"container_port\": 80 }`";
}

bool is_object(const Value& entry, Reading& reading) {
    if (entry.as<Object>() != nullptr) {
        return true;
    }
    if (entry.as<Broken>() == nullptr) {
        reading.problems.error("an entry of `ports` must be an object", entry.span,
                               advice_on_entry(entry));
    }
    return false;
}

// What was said of the ports before, by what may be said once.
struct Taken {
    std::map<std::pair<std::uint16_t, Protocol>, Span> ports;
    std::map<std::string, Span> names;
};

void check_taken(const Port& port, Span where, Taken& taken, Reading& reading) {
    if (port.container_port != 0) {
        const auto [first, is_new] =
            taken.ports.emplace(std::pair(port.container_port, port.protocol), where);
        if (!is_new) {
            reading.problems.error(
                fmt::format("container port {}/{} is listed twice", port.container_port,
                            name_of(port.protocol)),
                where,
                fmt::format("keep this entry or the one in line {}", reading.line(first->second)));
        }
    }
    if (!port.name.empty()) {
        const auto [first, is_new] = taken.names.emplace(port.name, where);
        if (!is_new) {
            reading.problems.error(
                fmt::format("another port is called {} already", in_backticks(port.name)), where,
                fmt::format("it is in line {}: give one of them another `name`",
                            reading.line(first->second)));
        }
    }
}

}  // namespace

std::string_view name_of(Protocol protocol) {
    switch (protocol) {
        case Protocol::tcp: return "tcp";
        case Protocol::udp: return "udp";
        case Protocol::sctp: return "sctp";
    }
    return "";
}

const std::vector<Field<Port>>& port_fields() {
    static const std::vector<Field<Port>> fields{
        {{.name = "container_port",
          .type = JsonType::whole_number,
          .meaning = "the port that the program listens on",
          .example = "80",
          .presence = Presence::required,
          .also_called = "target containerPort port",
          .if_range = range_advice},
         read_container_port},
        {{.name = "host_port",
          .type = JsonType::whole_number,
          .meaning = "the port of the engine's machine; 0 or none: the engine picks one",
          .example = "8080",
          .also_called = "published hostPort",
          .if_range = host_range_advice},
         read_host_port},
        {{.name = "protocol",
          .type = JsonType::string,
          .meaning = "`tcp` (default), `udp` or `sctp`",
          .example = "\"udp\"",
          .choices = protocols},
         read_protocol},
        {{.name = "name",
          .type = JsonType::string,
          .meaning = "a name for people and scripts",
          .example = "\"web\""},
         read_name},
        {{.name = "host_ip",
          .type = JsonType::string,
          .meaning = "the address of the engine's machine to listen on; none: all of them",
          .example = "\"127.0.0.1\"",
          .origin = Origin::compose,
          .also_called = "hostIP"},
         read_host_ip},
    };
    return fields;
}

std::vector<Port> read_port_list(const Array& entries, Reading& reading) {
    std::vector<Port> ports;
    Taken taken;
    for (const Value& entry : entries) {
        if (!is_object(entry, reading)) {
            continue;
        }
        Port port;
        port.where = entry.span;
        read_object(*entry.as<Object>(), "port", port_fields(),
                    {"this entry of `ports`", "", {entry.span.begin, entry.span.begin + 1}}, port,
                    reading);
        check_taken(port, entry.span, taken, reading);
        ports.push_back(std::move(port));
    }
    return ports;
}

}  // namespace appliance
