#include "apply/observe.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "apply/call_group.hpp"
#include "apply/engine_view.hpp"
#include "apply/translate.hpp"
#include "apply/warnings.hpp"
#include "engine/ids.hpp"

namespace apply {
namespace {

// "Up Less than a second", "Up 7 seconds", "Up About a minute", "Up 3 hours (healthy)": at least.
std::optional<std::chrono::seconds> up_for(std::string_view status) {
    if (!status.starts_with("Up ")) {
        return std::nullopt;
    }
    status.remove_prefix(3);
    if (status.starts_with("Less than a second")) {
        return std::chrono::seconds(0);
    }
    int number = 1;
    if (status.starts_with("About a")) {
        status.remove_prefix(status.starts_with("About an ") ? 9 : 8);
    } else {
        const auto [end, error] =
            std::from_chars(status.data(), status.data() + status.size(), number);
        if (error != std::errc{}) {
            return std::nullopt;
        }
        status.remove_prefix(static_cast<std::size_t>(end - status.data()));
        status.remove_prefix(std::min<std::size_t>(status.size(), 1));
    }
    constexpr std::pair<std::string_view, int> units[] = {
        {"second", 1},        {"minute", 60},         {"hour", 3600},        {"day", 86'400},
        {"week", 7 * 86'400}, {"month", 30 * 86'400}, {"year", 365 * 86'400}};
    for (const auto& [unit, seconds] : units) {
        if (status.starts_with(unit)) {
            return std::chrono::seconds(std::int64_t{number} * seconds);
        }
    }
    return std::nullopt;
}

// Of what a container that is between two crashes looks like now and then.
bool may_be_in_a_crash_loop(const plan::ObservedInstance& instance) {
    return instance.up_for && *instance.up_for < std::chrono::seconds(10);
}

// Instances of one container carry the same text.
using Entries = std::map<std::string, std::optional<plan::RecordedContainer>>;

const std::optional<plan::RecordedContainer>& entry_in(Entries& entries, const std::string& text) {
    const auto [entry, is_new] = entries.try_emplace(text);
    if (is_new) {
        entry->second = plan::parse_entry(text);
    }
    return entry->second;
}

// Of one that never started the engine does not say yet where it is.
bool is_off_its_network(const engine::ContainerSummary& summary) {
    const auto& networks = summary.networks;
    return summary.state != engine::ContainerState::created &&
           engine::is_network_id(summary.network_mode) &&
           std::none_of(networks.begin(), networks.end(), [&](const auto& network) {
               return network.second == summary.network_mode || network.second.empty();
           });
}

plan::ObservedInstance to_observed(const engine::ContainerSummary& summary, Entries& entries) {
    plan::ObservedInstance instance;
    instance.engine_id = summary.id;
    instance.engine_name = summary.name;
    instance.instance.container = ContainerId(label_of(summary.labels, plan::label::container));
    const std::string number = label_of(summary.labels, plan::label::instance);
    instance.instance.number = 0;
    std::from_chars(number.data(), number.data() + number.size(), instance.instance.number);
    instance.fingerprint = label_of(summary.labels, plan::label::fingerprint);
    instance.image = summary.image;
    instance.image_id = summary.image_id;
    instance.state = to_plan(summary.state);
    instance.state_word = summary.state_word;
    instance.network_mode = summary.network_mode;
    instance.is_off_its_network = is_off_its_network(summary);
    instance.ports = to_plan(summary.ports);
    instance.entry = entry_in(entries, label_of(summary.labels, plan::label::entry));
    instance.up_for = up_for(summary.status);
    instance.created_ago = summary.created_ago;
    instance.role = plan::role_of(summary.name);
    instance.exit_code = summary.exit_code;
    instance.health = to_plan(summary.health);
    instance.known_network = label_of(summary.labels, plan::label::network);
    if (const std::string slot = label_of(summary.labels, plan::label::slot); !slot.empty()) {
        int value = 0;
        if (std::from_chars(slot.data(), slot.data() + slot.size(), value).ec == std::errc{} &&
            value >= 0) {
            instance.slot = value;
        }
    }
    if (const auto address = summary.addresses.find(summary.network_mode);
        address != summary.addresses.end()) {
        instance.address = address->second;
    }
    return instance;
}

// What is the appliance's of a list; the rest is left out.
void add(plan::Observed& observed, const ApplianceId& id, const engine::ContainerSummary& container,
         Entries& entries) {
    if (plan::owns(id, plan::ObjectKind::container, container.name, container.labels)) {
        observed.instances.push_back(to_observed(container, entries));
    }
}

void add(plan::Observed& observed, const ApplianceId& id, const engine::Volume& volume) {
    if (plan::owns(id, plan::ObjectKind::record, volume.name, volume.labels)) {
        observed.records.push_back({volume.name, *plan::record_revision(id, volume.name),
                                    label_of(volume.labels, plan::label::record)});
    } else if (plan::owns(id, plan::ObjectKind::volume, volume.name, volume.labels)) {
        observed.volumes.push_back({volume.name, volume.driver, volume.driver_options});
    }
}

void add(plan::Observed& observed, const ApplianceId& id, const engine::Network& network) {
    if (plan::owns(id, plan::ObjectKind::network, network.name, network.labels)) {
        observed.networks.push_back(
            {network.id, network.name, !label_of(network.labels, plan::label::subnet).empty()});
    }
}

void sort(plan::Observed& observed) {
    std::sort(observed.instances.begin(), observed.instances.end(),
              [](const auto& a, const auto& b) { return a.instance < b.instance; });
    std::sort(observed.records.begin(), observed.records.end(),
              [](const auto& a, const auto& b) { return a.revision < b.revision; });
    std::sort(observed.volumes.begin(), observed.volumes.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
}

enum class WithNetworks { no, yes };

tl::expected<EngineView, Failure> list(Run& run, const std::string& label,
                                       WithNetworks with_networks) {
    const engine::Filters filters{.labels = {label}};
    EngineView lists;
    CallGroup calls(run);
    calls.send(engine::api::list_containers(filters), lists.containers, "list the containers");
    calls.send(engine::api::list_volumes(filters), lists.volumes, "list the volumes");
    if (with_networks == WithNetworks::yes) {
        calls.send(engine::api::list_networks(filters), lists.networks, "list the networks");
    }
    if (auto failure = calls.wait()) {
        return tl::unexpected(std::move(*failure));
    }
    return lists;
}

tl::expected<plan::Observed, Failure> observe_one(Run& run, const ApplianceId& id,
                                                  WithNetworks with_networks) {
    auto lists = list(run, fmt::format("{}={}", plan::label::appliance, id), with_networks);
    if (!lists) {
        return tl::unexpected(std::move(lists.error()));
    }
    return observed_in(*lists, id);
}

// The engine's list says `running` of what has ended until its file system is unmounted, which can
// take seconds after the event that says so: of a job the end is what is waited for.
bool may_have_ended(const plan::ObservedInstance& instance) {
    return instance.entry && instance.entry->type == appliance::ContainerType::job;
}

bool needs_details(const plan::ObservedInstance& instance) {
    switch (instance.state) {
        case plan::RunState::running:
            return may_be_in_a_crash_loop(instance) || may_have_ended(instance) ||
                   instance.health == plan::Health::unhealthy;
        case plan::RunState::exited: return !may_have_ended(instance) || instance.exit_code != 0;
        case plan::RunState::created:
        case plan::RunState::restarting:
        case plan::RunState::dead: return true;
        case plan::RunState::paused:
        case plan::RunState::removing:
        case plan::RunState::unknown: return false;
    }
    return false;
}

}  // namespace

plan::Observed observed_in(const EngineView& view, const ApplianceId& id) {
    plan::Observed observed;
    Entries entries;
    for (const engine::ContainerSummary& container : view.containers) {
        add(observed, id, container, entries);
    }
    for (const engine::Volume& volume : view.volumes) {
        add(observed, id, volume);
    }
    for (const engine::Network& network : view.networks) {
        add(observed, id, network);
    }
    sort(observed);
    return observed;
}

tl::expected<EngineView, Failure> look_at_everything(Run& run,
                                                     const appliance::Appliance& appliance) {
    EngineView view;
    CallGroup calls(run);
    calls.send(engine::api::list_containers({}), view.containers, "list the containers");
    calls.send(engine::api::list_volumes({}), view.volumes, "list the volumes");
    calls.send(engine::api::list_networks({}), view.networks, "list the networks");
    if (needs_info(appliance)) {
        calls.send(engine::api::system_info(), view.info.emplace(), "ask what the engine can");
    }
    if (auto failure = calls.wait()) {
        return tl::unexpected(std::move(*failure));
    }
    return view;
}

tl::expected<plan::Observed, Failure> observe(Run& run, const ApplianceId& id) {
    return observe_one(run, id, WithNetworks::yes);
}

tl::expected<plan::Observed, Failure> observe_for_status(Run& run, const ApplianceId& id) {
    return observe_one(run, id, WithNetworks::no);
}

tl::expected<std::map<ApplianceId, plan::Observed>, Failure> observe_all(Run& run) {
    auto lists = list(run, plan::label::appliance, WithNetworks::no);
    if (!lists) {
        return tl::unexpected(std::move(lists.error()));
    }
    std::map<ApplianceId, plan::Observed> all;
    Entries entries;
    for (const engine::ContainerSummary& container : lists->containers) {
        const ApplianceId id(label_of(container.labels, plan::label::appliance));
        add(all[id], id, container, entries);
    }
    std::erase_if(all, [](const auto& entry) { return entry.second.instances.empty(); });
    for (const engine::Volume& volume : lists->volumes) {
        const ApplianceId id(label_of(volume.labels, plan::label::appliance));
        // A volume that outlived its appliance makes no appliance.
        if (plan::owns(id, plan::ObjectKind::record, volume.name, volume.labels) ||
            all.contains(id)) {
            add(all[id], id, volume);
        }
    }
    for (auto& [id, observed] : all) {
        sort(observed);
    }
    return all;
}

bool may_have_restarted(const plan::ObservedInstance& instance) {
    // A container is started a moment after it was created.
    constexpr auto moment = std::chrono::seconds(5);
    return may_be_in_a_crash_loop(instance) &&
           (!instance.created_ago || *instance.created_ago - *instance.up_for > moment);
}

tl::expected<void, Failure> add_details(Run& run, plan::Observed& observed,
                                        const std::set<std::string>& known) {
    std::vector<plan::ObservedInstance*> unclear;
    std::vector<engine::Call<engine::ContainerDetail>> calls;
    for (plan::ObservedInstance& instance : observed.instances) {
        if (needs_details(instance) && !known.contains(instance.engine_id)) {
            unclear.push_back(&instance);
            calls.push_back(engine::api::inspect_container(instance.engine_id));
        }
    }
    auto waited = run.get_all(calls);
    if (!waited) {
        return tl::unexpected(std::move(waited.error()));
    }
    auto& replies = *waited;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        if (replies[i]) {
            const engine::ContainerDetail& detail = *replies[i];
            unclear[i]->state = to_plan(detail.state);
            unclear[i]->state_word = detail.state_word;
            unclear[i]->detail = {detail.exit_code,
                                  detail.oom_killed,
                                  detail.error,
                                  detail.restart_count,
                                  detail.restart_policy,
                                  detail.health_output,
                                  detail.health_failing_streak > 0,
                                  detail.age};
            unclear[i]->exit_code = detail.exit_code;
        } else if (!engine::is_status(replies[i].error(), 404)) {  // 404: removed since the list
            return tl::unexpected<Failure>(
                CallFailed{fmt::format("inspect `{}`", unclear[i]->engine_name),
                           std::move(replies[i].error())});
        }
    }
    return {};
}

}  // namespace apply
