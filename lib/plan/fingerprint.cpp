#include "plan/fingerprint.hpp"

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/overload.hpp"

namespace plan {
namespace {

using Json = nlohmann::ordered_json;

// Raised when the canonical form changes: every container is then replaced once.
constexpr int canonical_schema = 1;

// FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/. Nobody gains by a collision here.
std::uint64_t hash(std::string_view text) {
    std::uint64_t value = 0xcbf29ce484222325U;
    for (const char c : text) {
        value ^= static_cast<unsigned char>(c);
        value *= 0x100000001b3U;
    }
    return value;
}

struct Part {
    std::string name;  // as the reason says it: "env changed"
    std::string canonical;
};

std::string canonical(const appliance::Command& command) {
    return std::visit(
               base::Overload{
                   [](const appliance::ImageCommand&) { return Json(nullptr); },
                   [](const appliance::ShellCommand& shell) { return Json(shell.line); },
                   [](const appliance::Arguments& arguments) { return Json(arguments.list); },
               },
               command)
        .dump();
}

std::string canonical(const std::vector<appliance::Port>& ports) {
    std::vector<std::string> sorted;
    for (const appliance::Port& port : ports) {
        sorted.push_back(fmt::format("{} {} {} {}", port.container_port, port.host_port,
                                     static_cast<int>(port.protocol), port.host_ip));
    }
    std::sort(sorted.begin(), sorted.end());
    return fmt::format("{}", fmt::join(sorted, ","));
}

std::string canonical(const appliance::Resources& resources) {
    return fmt::format("{} {}", resources.cpus ? fmt::format("{}", *resources.cpus) : "-",
                       resources.mem ? fmt::format("{}", *resources.mem) : "-");
}

std::string network(appliance::NetworkMode mode) {
    switch (mode) {
        case appliance::NetworkMode::container:
        case appliance::NetworkMode::bridge: return "own";
        case appliance::NetworkMode::host: return "host";
    }
    return "";
}

std::vector<Part> parts_of(const appliance::Container& container, const std::string& image_id) {
    return {
        {"type", fmt::format("{}", static_cast<int>(container.type))},
        {"image", image_id},
        {"command", canonical(container.command)},
        {"env", Json(container.env).dump()},
        {"ports", canonical(container.ports)},
        {"network mode", network(container.network_mode)},
        {"resources", canonical(container.resources)},
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

std::string fingerprint(const appliance::Container& container, const std::string& image_id) {
    std::string whole;
    std::vector<std::string> short_hashes;
    for (const Part& part : parts_of(container, image_id)) {
        whole += fmt::format("{}\n{}\n", part.name, part.canonical);
        short_hashes.push_back(fmt::format("{}={:04x}", part.name, hash(part.canonical) & 0xffffU));
    }
    return fmt::format("{}-{:016x} {}", canonical_schema, hash(whole),
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

}  // namespace plan
