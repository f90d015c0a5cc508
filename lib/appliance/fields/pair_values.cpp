#include "appliance/fields/pair_values.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "appliance/fields/host_name.hpp"
#include "appliance/fields/ip_address.hpp"
#include "appliance/terms.hpp"
#include "appliance/value_check.hpp"

namespace appliance {
namespace {

constexpr std::string_view own_labels = "pivot.";
constexpr std::string_view host_gateway = "host-gateway";

// A label's value as the engine gets it; nothing when it is none that can be written in a line.
std::optional<std::string> scalar_text(const Value& value) {
    if (const auto* text = value.as<std::string>()) {
        return *text;
    }
    if (const auto* number = value.as<Number>()) {
        return std::string(number->text);
    }
    if (const auto* boolean = value.as<bool>()) {
        return *boolean ? "true" : "false";
    }
    return std::nullopt;
}

void add_label(const std::string& key, Span where, std::string text, Draft& draft,
               Reading& reading) {
    if (key.empty()) {
        reading.problems.error("a label has no name", where, "give it one, or remove it");
    } else if (key.find('\0') != std::string::npos || text.find('\0') != std::string::npos) {
        reading.problems.error("a label cannot have a NUL character", where, "remove it");
    } else if (std::string_view(key).starts_with(own_labels)) {
        reading.problems.error(
            fmt::format("the label {} is not yours to give", in_backticks(key)), where,
            "rename it: `pivot.` begins the labels that containers are found by");
    } else if (!draft.container.extras.labels.emplace(key, std::move(text)).second) {
        reading.problems.error(fmt::format("the label {} stands twice", in_backticks(key)), where,
                               "keep one of the two");
    }
}

void read_label_object(const Object& labels, Draft& draft, Reading& reading) {
    for (const Member& label : labels) {
        if (auto text = scalar_text(label.value)) {
            add_label(label.key, label.key_span, *std::move(text), draft, reading);
        } else if (label.value.as<Broken>() == nullptr) {
            report_type(JsonType::string, label.value,
                        fmt::format("the label {}", in_backticks(label.key)),
                        "a label is a string, a number, true or false", reading.problems);
        }
    }
}

void read_label_list(const Array& labels, Draft& draft, Reading& reading) {
    for (const Value& entry : labels) {
        if (check_type(JsonType::string, entry, "an entry of `labels`", "write `\"name=value\"`",
                       reading.problems) == Fits::no) {
            continue;
        }
        const std::string& text = *entry.as<std::string>();
        const std::size_t equals = text.find('=');
        add_label(text.substr(0, equals), entry.span,
                  equals == std::string::npos ? "" : text.substr(equals + 1), draft, reading);
    }
}

// In brackets or without them; `host-gateway` is what the engine makes of it.
std::optional<std::string> host_address(std::string_view text) {
    if (text == host_gateway) {
        return std::string(text);
    }
    if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
        text = text.substr(1, text.size() - 2);
    }
    return canonical_ip_address(std::string(text));
}

using HostPairs = std::set<std::pair<std::string, std::string>>;

void add_host(const std::string& name, std::string_view address, Span where, HostPairs& seen,
              Draft& draft, Reading& reading) {
    auto resolved = host_address(address);
    const NamedContainer* container = reading.names.find_on_network(name);
    if (!is_host_name(name)) {
        reading.problems.error(
            fmt::format("{} is no host name", in_backticks(name)), where,
            "a host name has letters, digits and `-`, and `.` between its parts");
    } else if (container != nullptr) {
        reading.problems.error(
            fmt::format("{} is the name of a container of this appliance", in_backticks(name)),
            where, fmt::format("rename the host, or container {}", in_backticks(container->id)));
    } else if (!resolved) {
        reading.problems.error(
            fmt::format("{} is no IP address", in_backticks(address)), where,
            "write one like `10.0.0.5`, or `host-gateway` for the engine's machine");
    } else if (!seen.emplace(name, *resolved).second) {
        reading.problems.error(fmt::format("{} is listed twice", in_backticks(name)), where,
                               "remove one of the two");
    } else {
        draft.container.extras.extra_hosts.push_back({name, *std::move(resolved)});
    }
}

}  // namespace

void read_labels(const Value& value, Draft& draft, Reading& reading) {
    if (const Object* object = value.as<Object>()) {
        read_label_object(*object, draft, reading);
    } else {
        read_label_list(*value.as<Array>(), draft, reading);
    }
}

void read_extra_hosts(const Value& value, Draft& draft, Reading& reading) {
    HostPairs seen;
    if (const Object* object = value.as<Object>()) {
        for (const Member& host : *object) {
            if (check_type(JsonType::string, host.value,
                           fmt::format("the address of {}", in_backticks(host.key)),
                           "write an IP address, or `host-gateway`",
                           reading.problems) == Fits::yes) {
                add_host(host.key, *host.value.as<std::string>(), host.value.span, seen, draft,
                         reading);
            }
        }
        return;
    }
    for (const Value& entry : *value.as<Array>()) {
        if (check_type(JsonType::string, entry, "an entry of `extra_hosts`",
                       "write `\"name=address\"`", reading.problems) == Fits::no) {
            continue;
        }
        const std::string& text = *entry.as<std::string>();
        const std::size_t end =
            text.find('=') != std::string::npos ? text.find('=') : text.find(':');
        if (end == std::string::npos) {
            reading.problems.error(fmt::format("{} has no address", in_backticks(text)), entry.span,
                                   "write `name=address`, as in `\"db.example=10.0.0.5\"`");
            continue;
        }
        add_host(text.substr(0, end), std::string_view(text).substr(end + 1), entry.span, seen,
                 draft, reading);
    }
}

}  // namespace appliance
