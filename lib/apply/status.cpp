#include "apply/commands.hpp"
#include "apply/observe.hpp"
#include "apply/run_checks.hpp"

namespace apply {
namespace {

// Since when it is in its state.
std::string since(const engine::ContainerDetail& detail) {
    using State = engine::ContainerState;
    switch (detail.state) {
        case State::created: return detail.created;
        case State::running:
        case State::paused: return detail.started_at;
        case State::restarting:
        case State::removing:
        case State::exited:
        case State::dead:
        case State::unknown: break;
    }
    return detail.finished_at;
}

}  // namespace

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

void inspect_members(Run& run, std::span<plan::ApplianceStatus> statuses) {
    std::vector<plan::Member*> members;
    std::vector<engine::Call<engine::ContainerDetail>> calls;
    for (plan::ApplianceStatus& status : statuses) {
        for (plan::ContainerStatus& container : status.containers) {
            for (plan::Member& member : container.members) {
                members.push_back(&member);
                calls.push_back(engine::api::inspect_container(member.engine_id));
            }
        }
    }
    const auto replies = run.get_all(calls);
    for (std::size_t i = 0; replies && i < replies->size(); ++i) {
        if (const auto& detail = (*replies)[i]) {
            members[i]->since = since(*detail);
            members[i]->restarts = detail->restart_count;
        }
    }
}

tl::expected<std::vector<ApplianceId>, Failure> appliance_ids(Run& run) {
    auto all = observe_all(run);
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
