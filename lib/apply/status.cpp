#include "apply/commands.hpp"
#include "apply/observe.hpp"
#include "apply/run_checks.hpp"

namespace apply {

tl::expected<plan::ApplianceStatus, Failure> status(engine::Client& client, const ApplianceId& id,
                                                    const std::string& advertised_host) {
    auto observed = observe_for_status(client, id);
    if (!observed) {
        return tl::unexpected<Failure>(std::move(observed.error()));
    }
    if (observed->empty()) {
        return tl::unexpected<Failure>(NoSuchAppliance{id});
    }
    if (auto details = add_details(client, *observed); !details) {
        return tl::unexpected<Failure>(std::move(details.error()));
    }
    run_checks(client, *observed);
    return plan::derive_status(id, *observed, advertised_host);
}

tl::expected<std::vector<plan::ApplianceStatus>, Failure> status_of_all(
    engine::Client& client, const std::string& advertised_host) {
    auto all = observe_all(client);
    if (!all) {
        return tl::unexpected<Failure>(std::move(all.error()));
    }
    std::vector<plan::ApplianceStatus> statuses;
    for (auto& [id, observed] : *all) {
        if (auto details = add_details(client, observed); !details) {
            return tl::unexpected<Failure>(std::move(details.error()));
        }
        run_checks(client, observed);
        statuses.push_back(plan::derive_status(id, observed, advertised_host));
    }
    return statuses;
}

tl::expected<std::vector<ApplianceId>, Failure> appliance_ids(engine::Client& client) {
    auto all = observe_all(client);
    if (!all) {
        return tl::unexpected<Failure>(std::move(all.error()));
    }
    std::vector<ApplianceId> ids;
    for (const auto& [id, observed] : *all) {
        ids.push_back(id);
    }
    return ids;
}

}  // namespace apply
