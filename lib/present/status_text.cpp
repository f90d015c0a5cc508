#include "present/status_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "present/runtime_text.hpp"
#include "present/words.hpp"

namespace present {
namespace {

using plan::ContainerStatus;

bool in_goal_state(const ContainerStatus& container) {
    return container.state == (container.type == appliance::ContainerType::job
                                   ? plan::State::success
                                   : plan::State::running);
}

// A job that has done its work has no instance running, and none is missing.
std::string instances(const ContainerStatus& container) {
    const bool done = container.state == plan::State::success;
    return done ? "done" : fmt::format("{}/{}", container.running, container.desired);
}

Cell endpoints(const ContainerStatus& container) {
    Cell cell;
    for (const plan::Endpoint& endpoint : container.endpoints) {
        cell.push_back(fmt::format("{} -> {}/{}", address(endpoint), endpoint.container_port,
                                   word(endpoint.protocol)));
    }
    return cell;
}

std::string reason(const ContainerStatus& container) {
    if (!container.reason.empty() || container.in_record) {
        return plain_reason(container.reason);
    }
    return "no longer in the document";
}

}  // namespace

std::string address(const plan::Endpoint& endpoint) {
    const bool is_ipv6 = endpoint.host.find(':') != std::string::npos;
    return is_ipv6 ? fmt::format("[{}]:{}", endpoint.host, endpoint.host_port)
                   : fmt::format("{}:{}", endpoint.host, endpoint.host_port);
}

std::string to_text(const plan::ApplianceStatus& status, Width width) {
    Table table;
    table.titles = {"CONTAINER", "STATE", "INSTANCES", "ENDPOINTS"};
    table.note_title = "REASON";
    for (const ContainerStatus& container : status.containers) {
        table.rows.push_back({{{container.id.str()},
                               {std::string(plan::name(container.state))},
                               {instances(container)},
                               endpoints(container)},
                              reason(container)});
    }
    return to_text(table, width);
}

std::string to_text(const std::vector<plan::ApplianceStatus>& appliances, Width width) {
    if (appliances.empty()) {
        return "no appliances on this engine\n";
    }
    Table table;
    table.titles = {"APPLIANCE", "STATE", "CONTAINERS"};
    for (const plan::ApplianceStatus& status : appliances) {
        const auto good =
            std::count_if(status.containers.begin(), status.containers.end(), in_goal_state);
        table.rows.push_back({{{status.id.str()},
                               {std::string(plan::name(status.state))},
                               {fmt::format("{}/{}", good, status.containers.size())}}});
    }
    return to_text(table, width);
}

std::string note_on_record(const plan::ApplianceStatus& status) {
    switch (status.record) {
        case plan::ApplianceStatus::RecordState::current: return "";
        case plan::ApplianceStatus::RecordState::unfinished:
            return fmt::format(
                "the last `pivot up` of `{}` did not come to its end; run it again and it goes on",
                status.id);
        case plan::ApplianceStatus::RecordState::failed:
            return fmt::format(
                "the last `pivot up` of `{}` failed; mend the cause and run it again", status.id);
        case plan::ApplianceStatus::RecordState::lost:
            return fmt::format(
                "the record of `{}` is gone (volumes were pruned, perhaps): this is what is there; "
                "the next `pivot up` writes it again",
                status.id);
    }
    return "";
}

}  // namespace present
