#include "faults/engine_content.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "http/encode.hpp"

namespace faults {
namespace {

std::string name_of(const Json& container) {
    return container["Names"][0].get<std::string>().substr(1);
}

bool is_of_the_engine(const std::string& network) {
    return network == "bridge" || network == "host" || network == "none";
}

bool has_variable(const std::string& container, const std::string& variable) {
    const Json found = support::engine_get("/containers/" + container + "/json");
    const Json& environment = found["Config"]["Env"];
    return std::find(environment.begin(), environment.end(), variable) != environment.end();
}

// `pivot.<appliance>.<revision>`
bool is_record(const std::string& volume, const std::string& appliance) {
    const std::string prefix = "pivot." + appliance + ".";
    return volume.starts_with(prefix) && volume.size() > prefix.size() &&
           std::all_of(volume.begin() + static_cast<std::ptrdiff_t>(prefix.size()), volume.end(),
                       [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::set<std::string> everything_on_the_engine() {
    std::set<std::string> names;
    for (const Json& container : support::engine_get("/containers/json?all=1")) {
        names.insert("container " + name_of(container));
    }
    for (const Json& network : support::engine_get("/networks")) {
        if (!is_of_the_engine(network["Name"])) {
            names.insert("network " + network["Name"].get<std::string>());
        }
    }
    const Json volumes = support::engine_get("/volumes");
    if (volumes["Volumes"].is_array()) {
        for (const Json& volume : volumes["Volumes"]) {
            names.insert("volume " + volume["Name"].get<std::string>());
        }
    }
    return names;
}

std::optional<std::string> differs(const std::string& appliance, const Goal& goal,
                                   const std::set<std::string>& others) {
    const bool exists = !goal.running.empty() || !goal.exited.empty();
    Json wanted = {{"containers", Json::object()},
                   {"networks", exists ? Json{"pivot-" + appliance} : Json::array()},
                   {"volumes", Json::array()}};
    for (const std::string& name : goal.running) {
        wanted["containers"][name] = "running";
    }
    for (const std::string& name : goal.exited) {
        wanted["containers"][name] = "exited";
    }
    for (const std::string& name : goal.volumes) {
        wanted["volumes"].push_back(name);
    }
    Json found = support::belongings(appliance);
    int records = 0;
    Json volumes = Json::array();
    for (const Json& volume : found["volumes"]) {
        if (is_record(volume, appliance)) {
            ++records;
        } else {
            volumes.push_back(volume);
        }
    }
    found["volumes"] = volumes;
    if (found != wanted || records != (exists ? goal.records : 0)) {
        return fmt::format("there is {} and {} records, not {}", found.dump(), records,
                           wanted.dump());
    }
    for (const auto& [container, variable] : goal.environment) {
        if (!has_variable(container, variable)) {
            return fmt::format("{} has no {}", container, variable);
        }
    }
    for (const std::string& thing : everything_on_the_engine()) {
        const std::string name = thing.substr(thing.find(' ') + 1);
        const bool ours = found["containers"].contains(name) || name == "pivot-" + appliance ||
                          goal.volumes.contains(name) || is_record(name, appliance);
        if (!ours && !others.contains(thing)) {
            return "left behind: " + thing;
        }
    }
    return std::nullopt;
}

void wipe(const std::string& appliance) {
    const std::string ours = "pivot.appliance=" + appliance;
    const std::string filter = http::encode(Json({{"label", {ours}}}).dump());
    // By ID, because names can be ambiguous.
    for (const auto& [name, id] : support::container_ids(appliance)) {
        support::engine_delete("/containers/" + id + "?force=1&v=1");
    }
    for (const Json& network : support::engine_get("/networks?filters=" + filter)) {
        support::engine_delete("/networks/" + network["Id"].get<std::string>());
    }
    const Json found = support::belongings(appliance);
    for (const Json& volume : found["volumes"]) {
        support::engine_delete("/volumes/" + volume.get<std::string>());
    }
}

}  // namespace faults
