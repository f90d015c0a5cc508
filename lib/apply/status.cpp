#include "apply/commands.hpp"
#include "apply/observe.hpp"
#include "apply/run_checks.hpp"

namespace apply {

tl::expected<plan::ApplianceStatus, Failure> status(Run& run, const ApplianceId& id,
                                                    const std::string& advertised_host) {
    auto observed = observe_for_status(run, id);
    if (!observed) {
        return tl::unexpected(std::move(observed.error()));
    }
    if (observed->empty()) {
        return tl::unexpected<Failure>(NoSuchAppliance{id});
    }
    if (auto details = add_details(run, *observed); !details) {
        return tl::unexpected(std::move(details.error()));
    }
    if (auto checked = run_checks(run, *observed); !checked) {
        return tl::unexpected(std::move(checked.error()));
    }
    return plan::derive_status(id, *observed, advertised_host);
}

tl::expected<std::vector<plan::ApplianceStatus>, Failure> status_of_all(
    Run& run, const std::string& advertised_host) {
    auto all = observe_all(run);
    if (!all) {
        return tl::unexpected(std::move(all.error()));
    }
    std::vector<plan::ApplianceStatus> statuses;
    for (auto& [id, observed] : *all) {
        if (auto details = add_details(run, observed); !details) {
            return tl::unexpected(std::move(details.error()));
        }
        if (auto checked = run_checks(run, observed); !checked) {
            return tl::unexpected(std::move(checked.error()));
        }
        statuses.push_back(plan::derive_status(id, observed, advertised_host));
    }
    return statuses;
}

}  // namespace apply
