#include "present/words.hpp"

#include <fmt/format.h>

namespace present {

std::string_view word(appliance::Protocol protocol) {
    switch (protocol) {
        case appliance::Protocol::tcp: return "tcp";
        case appliance::Protocol::udp: return "udp";
        case appliance::Protocol::sctp: return "sctp";
    }
    return "";
}

std::string_view word(appliance::ContainerType type) {
    switch (type) {
        case appliance::ContainerType::service: return "service";
        case appliance::ContainerType::job: return "job";
    }
    return "";
}

std::string_view word(appliance::Power::Kind kind) {
    using Kind = appliance::Power::Kind;
    switch (kind) {
        case Kind::privileged: return "privileged";
        case Kind::host_mount: return "host_mount";
        case Kind::host_network: return "host_network";
        case Kind::capability: return "capability";
        case Kind::device: return "device";
        case Kind::volume_options: return "volume_options";
    }
    return "";
}

std::string_view word(plan::Health health) {
    switch (health) {
        case plan::Health::none: return "";
        case plan::Health::starting: return "starting";
        case plan::Health::healthy: return "healthy";
        case plan::Health::unhealthy: return "unhealthy";
    }
    return "";
}

std::string_view word(plan::Change::Kind kind) {
    switch (kind) {
        case plan::Change::Kind::create: return "create";
        case plan::Change::Kind::replace: return "replace";
        case plan::Change::Kind::start: return "start";
        case plan::Change::Kind::remove: return "remove";
    }
    return "";
}

std::string in_backticks(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += fmt::format("{}`{}`", text.empty() ? "" : ", ", name);
    }
    return text;
}

std::string in_backticks(const std::vector<appliance::ContainerId>& ids) {
    std::vector<std::string> names;
    names.reserve(ids.size());
    for (const appliance::ContainerId& id : ids) {
        names.push_back(id.str());
    }
    return in_backticks(names);
}

std::string count(std::size_t n, std::string_view singular) {
    return fmt::format("{} {}{}", n, singular, n == 1 ? "" : "s");
}

}  // namespace present
