#include "present/up_text.hpp"

#include <fmt/format.h>

namespace present {

std::string headline(const plan::Plan& plan, const plan::ApplianceStatus& status) {
    if (plan.changes_nothing()) {
        const bool well = plan::reached_goal(status) || status.state == plan::State::pending;
        return fmt::format("{} is up to date{}\n", status.id,
                           well ? "" : ", but not all of it is well");
    }
    switch (status.state) {
        case plan::State::running: return fmt::format("{} is running\n", status.id);
        case plan::State::success: return fmt::format("{} has finished\n", status.id);
        case plan::State::submitted:
        case plan::State::staging:
        case plan::State::pending:
        case plan::State::failed:
        case plan::State::killed: break;
    }
    return fmt::format("{} is started\n", status.id);  // --no-wait
}

plan::ApplianceStatus not_begun(const appliance::Appliance& appliance) {
    plan::ApplianceStatus status;
    status.id = appliance.id;
    for (const appliance::Container& container : appliance.containers) {
        plan::ContainerStatus entry;
        entry.id = container.id;
        entry.type = container.type;
        entry.image = container.image;
        entry.desired = container.instances;
        status.containers.push_back(std::move(entry));
    }
    return status;
}

}  // namespace present
