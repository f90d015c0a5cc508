#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "appliance/appliance.hpp"
#include "apply/failure.hpp"
#include "apply/run.hpp"
#include "diagnostics/diagnostic.hpp"
#include "plan/reconcile.hpp"
#include "plan/status.hpp"
#include "plan/teardown.hpp"

// What the commands do, between a validated document and a run that is connected to its engine.
namespace apply {

struct UpOptions {
    enum class Pull { missing, always, never };
    std::optional<Pull> pull;  // none: as each container says, else `missing`
    plan::ReconcileOptions reconcile;
    std::chrono::milliseconds settle{200};
    std::optional<std::chrono::milliseconds> timeout;  // of the whole command; the run has it
    std::optional<std::chrono::seconds> stop_timeout;  // none: the container's own
};

struct Planning {
    plan::Plan plan;
    diagnostics::Diagnostics notices;  // warnings and notes
    std::vector<std::string> images_to_pull;
};

// What `up` would do. Changes nothing, pulls nothing.
[[nodiscard]] tl::expected<Planning, Failure> plan_up(Run& run,
                                                      const appliance::Appliance& appliance,
                                                      const UpOptions& options);

struct UpReport {
    plan::Plan plan;                 // empty: it was up to date
    std::optional<Failure> failure;  // none: the goal state is reached
    std::optional<plan::ApplianceStatus>
        status;  // at the end; none where it failed before anything changed, or is to end at once
};

[[nodiscard]] UpReport up(Run& run, const appliance::Appliance& appliance, const UpOptions& options,
                          const std::string& advertised_host);

// NoSuchAppliance where the engine has nothing of it.
[[nodiscard]] tl::expected<plan::ApplianceStatus, Failure> status(
    Run& run, const ApplianceId& id, const std::string& advertised_host);

// Every appliance on the engine, by name.
[[nodiscard]] tl::expected<std::vector<plan::ApplianceStatus>, Failure> status_of_all(
    Run& run, const std::string& advertised_host);

struct DownOptions {
    plan::Volumes volumes = plan::Volumes::keep;
    std::optional<std::chrono::seconds> stop_timeout;
};

struct DownReport {
    plan::Plan plan;
    std::optional<Failure> failure;
    int containers = 0, networks = 0, volumes = 0;  // removed
    std::vector<std::string> kept_volumes;
};

[[nodiscard]] DownReport down(Run& run, const ApplianceId& id, const DownOptions& options);

}  // namespace apply
