#include "apply/warnings.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plan/volume_changes.hpp"

namespace apply {
namespace {

diagnostics::Diagnostic warning(std::string message, std::string hint = {}) {
    return {diagnostics::Severity::warning, std::move(message), std::nullopt, std::move(hint)};
}

// A check that pivot makes itself, at the program's address.
bool is_asked_by_pivot(const appliance::Container& container) {
    return container.health_check &&
           !std::holds_alternative<appliance::CommandCheck>(container.health_check->probe);
}

bool is_on_host(const appliance::Container& container) {
    return container.network_mode == appliance::NetworkMode::host;
}

class Warnings {
public:
    explicit Warnings(const engine::SystemInfo& engine) : engine_(engine) {}

    void add(const appliance::Container& container) {
        add_cpus(container);
        if (container.resources.mem && !engine_.limits_memory) {
            no_effect(container, "mem");
        }
        if (container.resources.disk && engine_.containerd_store) {
            all_.push_back(warning(fmt::format(
                "`{}`: `disk` is not enforced: this engine's storage cannot", container.id)));
        }
        if (engine_.rootless && is_on_host(container) && is_asked_by_pivot(container)) {
            all_.push_back(warning(
                fmt::format("`{}`: its check cannot reach it: the `host` network of a rootless "
                            "engine is one of the engine's own",
                            container.id),
                "use a check of the protocol COMMAND, or leave out `network_mode`"));
        }
    }

    diagnostics::Diagnostics take() { return std::move(all_); }

private:
    void add_cpus(const appliance::Container& container) {
        const auto& cpus = container.resources.cpus;
        if (cpus && !engine_.limits_cpus) {
            no_effect(container, "cpus");
        } else if (cpus && engine_.cpus > 0 && *cpus > engine_.cpus) {
            all_.push_back(warning(
                fmt::format("container `{}` asks for {} cpus, this engine has {}: limited to {}",
                            container.id, *cpus, engine_.cpus, engine_.cpus)));
        }
    }

    void no_effect(const appliance::Container& container, std::string_view key) {
        all_.push_back(warning(
            fmt::format("`{}`: `{}` has no effect: this engine has no control group for it",
                        container.id, key),
            "a rootless engine needs control groups of version 2 that are delegated to it"));
    }

    const engine::SystemInfo& engine_;
    diagnostics::Diagnostics all_;
};

}  // namespace

diagnostics::Diagnostics warn_of_volumes(const appliance::Appliance& appliance,
                                         const plan::Observed& own) {
    diagnostics::Diagnostics warnings;
    for (const plan::VolumeChange& change : plan::volume_changes(appliance, own)) {
        // Options by their names alone: passwords stand in them.
        const std::string options =
            change.options.empty()
                ? ""
                : fmt::format("other `driver_opts` (`{}`)", fmt::join(change.options, "`, `"));
        warnings.push_back(
            {diagnostics::Severity::warning,
             fmt::format("volume `{}` was made with {}{}{}, and stays as it is", change.name,
                         change.driver ? "another driver" : "",
                         change.driver && !options.empty() ? " and " : "", options),
             change.volume->where,
             fmt::format("an engine changes no volume: `pivot down {} --purge` removes it with its "
                         "data, another `id` makes a new one",
                         appliance.id)});
    }
    return warnings;
}

bool needs_info(const appliance::Appliance& appliance) {
    return std::any_of(appliance.containers.begin(), appliance.containers.end(),
                       [](const auto& container) {
                           const appliance::Resources& resources = container.resources;
                           return resources.cpus || resources.mem || resources.disk ||
                                  (is_on_host(container) && is_asked_by_pivot(container));
                       });
}

diagnostics::Diagnostics warn_of_engine(const appliance::Appliance& appliance,
                                        const std::set<ContainerId>& started,
                                        const engine::SystemInfo& engine) {
    Warnings warnings(engine);
    for (const appliance::Container& container : appliance.containers) {
        if (started.contains(container.id)) {
            warnings.add(container);
        }
    }
    return warnings.take();
}

}  // namespace apply
