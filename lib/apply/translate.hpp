#pragma once

#include <optional>
#include <string>

#include "appliance/appliance.hpp"
#include "engine/types.hpp"
#include "plan/observed.hpp"
#include "plan/record.hpp"

// From the words of appliance and plan to the engine's, and back.
namespace apply {

[[nodiscard]] plan::RunState to_plan(engine::ContainerState state);
[[nodiscard]] std::string_view to_engine(appliance::Protocol protocol);
[[nodiscard]] std::optional<appliance::Protocol> to_protocol(std::string_view name);

[[nodiscard]] engine::RestartPolicy restart_policy(const appliance::Container& container);

struct Surroundings {
    plan::ApplianceId appliance;
    std::string network_id;  // of the appliance's own network; empty where it has none
    int engine_cpus =
        0;  // the most that NanoCpus may ask for; 0: not asked, no container has `cpus`
};

[[nodiscard]] engine::CreateContainer to_engine(const appliance::Container& container, int number,
                                                const plan::RecordedContainer& entry,
                                                const Surroundings& surroundings);

}  // namespace apply
