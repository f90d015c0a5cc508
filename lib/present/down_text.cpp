#include "present/down_text.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "present/cells.hpp"
#include "present/words.hpp"

namespace present {
namespace {

// "3 containers, 1 network and 2 volumes"; empty where nothing was removed.
std::string removed(const apply::DownReport& report) {
    std::vector<std::string> parts;
    const auto add = [&](int n, std::string_view what) {
        if (n > 0) {
            parts.push_back(count(static_cast<std::size_t>(n), what));
        }
    };
    add(report.containers, "container");
    add(report.networks, "network");
    add(report.volumes, "volume");
    if (parts.size() < 2) {
        return fmt::format("{}", fmt::join(parts, ""));
    }
    const std::string last = parts.back();
    parts.pop_back();
    return fmt::format("{} and {}", fmt::join(parts, ", "), last);
}

}  // namespace

std::string to_text(const apply::DownReport& report, const appliance::ApplianceId& id) {
    std::string text = fmt::format("{} is gone", id);
    if (const std::string what = removed(report); !what.empty()) {
        text += fmt::format(": {} removed", what);
    }
    if (!report.kept_volumes.empty()) {
        const bool one = report.kept_volumes.size() == 1;
        text += fmt::format("; {} {} kept (`--purge` removes {})", one ? "volume" : "volumes",
                            fmt::join(report.kept_volumes, ", "), one ? "it" : "them");
    }
    return printable(text) + "\n";
}

Json down_json(const apply::DownReport& report, const appliance::ApplianceId& id) {
    Json json;
    json["id"] = id.str();
    json["removed"] = {{"containers", report.containers},
                       {"networks", report.networks},
                       {"volumes", report.volumes}};
    json["kept_volumes"] = report.kept_volumes;
    return json;
}

}  // namespace present
