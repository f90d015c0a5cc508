#include <fmt/format.h>

#include "appliance/fields/command_values.hpp"
#include "appliance/fields/health_check_fields.hpp"
#include "appliance/fields/port_fields.hpp"
#include "appliance/terms.hpp"
#include "base/ascii.hpp"
#include "json/number.hpp"

// What `health_check` and `default_health_check` try, once the ports are known.
namespace appliance {
namespace {

const Member& member_called(const Object& object, std::string_view key) {
    return *find_member(object, key);
}

// The ports can be counted only when all of them could be read.
bool ports_are_known(const Object& object, const Draft& draft) {
    const Member* ports = find_member(object, "ports");
    if (ports == nullptr) {
        return find_meant(object, "ports", "container") == nullptr;
    }
    const Array* entries = ports->value.as<Array>();
    return entries != nullptr && entries->size() == draft.container.ports.size();
}

std::optional<std::size_t> first_tcp_port(const std::vector<Port>& ports) {
    for (std::size_t index = 0; index < ports.size(); ++index) {
        if (ports[index].protocol == Protocol::tcp) {
            return index;
        }
    }
    return std::nullopt;
}

void report_no_tcp_port(std::string_view what, Span where, Reading& reading) {
    reading.problems.error(fmt::format("{} needs a TCP port, and the container has none", what),
                           where, "list it in `ports`, as in `{ \"container_port\": 80 }`");
}

// The port that `port_index` means, 0 when there is no such port.
std::uint16_t probed_port(const HealthCheckDraft& check, Span where, const Draft& draft,
                          Reading& reading) {
    const std::vector<Port>& ports = draft.container.ports;
    const auto first_tcp = first_tcp_port(ports);
    if (!first_tcp) {
        report_no_tcp_port("`health_check`", where, reading);
        return 0;
    }
    std::size_t index = 0;
    if (check.port_index != nullptr) {
        where = check.port_index->span;
        index = static_cast<std::size_t>(
            json::to_whole(check.port_index->as<Number>()->text).value_or(0));
    }
    if (index >= ports.size()) {
        reading.problems.error(
            fmt::format("`port_index` is {}, and the container has {} port{}", index, ports.size(),
                        ports.size() == 1 ? "" : "s"),
            where, fmt::format("it counts `ports` from 0; {} is the first of TCP", *first_tcp));
        return 0;
    }
    if (ports[index].protocol != Protocol::tcp) {
        reading.problems.error(
            fmt::format("port {} of `ports` is {}/{}, which cannot be tried", index,
                        ports[index].container_port, name_of(ports[index].protocol)),
            where, fmt::format("write `\"port_index\": {}`, which is TCP", *first_tcp));
        return 0;
    }
    return ports[index].container_port;
}

std::string protocol_of(const HealthCheckDraft& check, const Object& object) {
    if (check.protocol != nullptr) {
        std::string name = base::in_upper_case(*check.protocol->as<std::string>());
        constexpr std::string_view older = "MESOS_";
        return name.starts_with(older) ? name.substr(older.size()) : name;
    }
    return find_member(object, "command") != nullptr ? "COMMAND"
           : find_member(object, "path") != nullptr  ? "HTTP"
                                                     : "TCP";
}

void check_keys_fit(const std::string& protocol, const Object& object, Reading& reading) {
    const auto refuse = [&](std::string_view key, std::string_view hint) {
        if (const Member* member = find_member(object, key)) {
            reading.problems.error(fmt::format("`{}` does not go with `{}`", key, protocol),
                                   member->key_span, std::string(hint));
        }
    };
    const bool is_http = protocol == "HTTP" || protocol == "HTTPS";
    if (protocol == "COMMAND") {
        refuse("port_index", "remove it: the command knows where to look");
        refuse("path", "remove it, or write `\"protocol\": \"HTTP\"`");
        return;
    }
    refuse("command", "remove it, or write `\"protocol\": \"COMMAND\"`");
    if (!is_http) {
        refuse("path", "remove it, or write `\"protocol\": \"HTTP\"`");
    }
}

// `{ "protocol": "NONE" }`: there is nothing more to say about no check.
void switch_off(const Object& object, Draft& draft, Reading& reading) {
    draft.container.image_check = ImageCheck::off;
    for (const Field<HealthCheckDraft>& field : health_check_fields()) {
        const Member* member = find_member(object, field.key.name);
        if (member != nullptr && field.key.name != "protocol") {
            reading.problems.error(fmt::format("`{}` does not go with `NONE`", field.key.name),
                                   member->key_span, "remove it, or `\"protocol\": \"NONE\"`");
        }
    }
}

void settle_probe(const HealthCheckDraft& check, const Member& member, const Object& container,
                  Draft& draft, Reading& reading) {
    const Object& object = *member.value.as<Object>();
    const bool protocol_is_wrong =
        find_member(object, "protocol") != nullptr && check.protocol == nullptr;
    if (protocol_is_wrong || has_unknown_key(object, health_check_fields())) {
        return;  // it was reported, and everything else may depend on it
    }
    const std::string protocol = protocol_of(check, object);
    if (protocol == "NONE") {
        switch_off(object, draft, reading);
        return;
    }
    check_keys_fit(protocol, object, reading);
    HealthCheck result = check.timing;
    if (protocol == "COMMAND") {
        if (check.command != nullptr) {
            CommandCheck command{read_program_text(*check.command, draft, reading)};
            check_length_of_argument(command.line.size(), "`command`", check.command->span,
                                     reading);
            result.probe = std::move(command);
        } else if (find_member(object, "command") == nullptr) {
            reading.problems.error("`health_check` has no `command`", check.protocol->span,
                                   "add a line for the shell, as in `\"command\": \"pg_isready\"`");
        }
        draft.container.health_check = std::move(result);
        return;
    }
    const Member* index = find_member(object, "port_index");
    const bool index_is_known = index == nullptr || check.port_index != nullptr;
    if (!index_is_known || !ports_are_known(container, draft)) {
        return;
    }
    const std::uint16_t port = probed_port(check, member.key_span, draft, reading);
    if (protocol == "TCP") {
        result.probe = TcpCheck{port};
    } else {
        result.probe =
            HttpCheck{protocol == "HTTPS" ? HttpCheck::Scheme::https : HttpCheck::Scheme::http,
                      port, check.path == nullptr ? "/" : *check.path->as<std::string>()};
    }
    draft.container.health_check = std::move(result);
}

}  // namespace

void settle_health_check(const Object& object, Draft& draft, Reading& reading) {
    if (draft.container.type == ContainerType::job) {
        return;  // which has none, as is said elsewhere
    }
    const Member* own = find_member(object, "health_check");
    if (draft.default_health_check && own != nullptr) {
        const Member& standard = member_called(object, "default_health_check");
        const Member& later = own->key_span.begin < standard.key_span.begin ? standard : *own;
        reading.problems.error("`health_check` and `default_health_check` exclude each other",
                               later.key_span, "keep one of the two");
    } else if (draft.health_check) {
        settle_probe(HealthCheckDraft(*draft.health_check), *own, object, draft, reading);
    } else if (draft.default_health_check && ports_are_known(object, draft)) {
        const std::vector<Port>& ports = draft.container.ports;
        if (const auto first = first_tcp_port(ports)) {
            HealthCheck check;
            check.probe = TcpCheck{ports[*first].container_port};
            draft.container.health_check = std::move(check);
        } else {
            report_no_tcp_port("`default_health_check`",
                               member_called(object, "default_health_check").key_span, reading);
        }
    }
}

}  // namespace appliance
