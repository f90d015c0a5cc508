#include "present/exit_code.hpp"

#include "base/overload.hpp"

namespace present {
namespace {

// Not every 403 is one: the engine also uses it for a network that is still in use.
bool denies_access(const engine::Refused& refused) {
    return refused.status == 401 ||
           refused.message.find("authorization denied by plugin") != std::string::npos;
}

// What the engine says of one image counts before what it does not say of another.
int of_images(const apply::ImagesUnavailable& unavailable) {
    for (const apply::ImageUnavailable& image : unavailable.images) {
        if (!image.error) {
            return exit_code::not_in_goal_state;
        }
    }
    return exit_code_of(*unavailable.images.front().error);
}

}  // namespace

int exit_code_of(const engine::Error& error) {
    return std::visit(base::Overload{
                          [](const engine::Unreachable&) { return exit_code::no_engine; },
                          [](const engine::VersionMismatch&) { return exit_code::no_engine; },
                          [](const engine::Refused& refused) {
                              return denies_access(refused) ? exit_code::no_engine
                                                            : exit_code::not_in_goal_state;
                          },
                          [](const engine::Broken&) { return exit_code::no_engine; },
                          [](const engine::Malformed&) { return exit_code::no_engine; },
                      },
                      error);
}

int exit_code_of(const apply::Failure& failure) {
    return std::visit(
        base::Overload{
            [](const apply::NoSuchAppliance&) { return exit_code::no_such_appliance; },
            [](const apply::ImagesUnavailable& unavailable) { return of_images(unavailable); },
            [](const apply::PortTaken&) { return exit_code::not_in_goal_state; },
            [](const apply::NameTaken&) { return exit_code::not_in_goal_state; },
            [](const apply::Renamed&) { return exit_code::not_in_goal_state; },
            [](const apply::UnknownState&) { return exit_code::not_in_goal_state; },
            [](const apply::HostFoldersMissing&) { return exit_code::not_in_goal_state; },
            [](const apply::SubnetTooSmall&) { return exit_code::not_in_goal_state; },
            [](const apply::NetworkInUse&) { return exit_code::not_in_goal_state; },
            [](const apply::NotReady&) { return exit_code::not_in_goal_state; },
            [](const apply::GoalMissed&) { return exit_code::not_in_goal_state; },
            [](const apply::NotGone&) { return exit_code::not_in_goal_state; },
            [](const apply::TimedOut&) { return exit_code::timed_out; },
            [](const apply::Interrupted& interrupted) {
                return exit_code::signal_base + interrupted.signal;
            },
            [](const apply::TakenOver&) { return exit_code::not_in_goal_state; },
            [](const apply::CallFailed& failed) { return exit_code_of(failed.error); },
        },
        failure);
}

}  // namespace present
