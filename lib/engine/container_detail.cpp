#include <algorithm>
#include <charconv>

#include "engine/age.hpp"
#include "engine/container_state.hpp"
#include "engine/ids.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

Health health_of(const std::string& status) {
    if (status.empty() || status == "none") {
        return Health::none;
    }
    if (status == "starting") {
        return Health::starting;
    }
    if (status == "healthy") {
        return Health::healthy;
    }
    return status == "unhealthy" ? Health::unhealthy : Health::unknown;
}

// The newest check that was cut short by a stop has none.
std::string newest_output(const Fields& health) {
    std::string newest;
    for (const auto& check : health.objects("Log")) {
        if (auto output = check.text("Output"); !output.empty()) {
            newest = std::move(output);
        }
    }
    return newest;
}

std::optional<int> newest_exit_code(const Fields& health) {
    const auto checks = health.objects("Log");
    return checks.empty() ? std::nullopt : std::optional(read_int(checks.back(), "ExitCode"));
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, port);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(port) : std::nullopt;
}

// {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "32768"}], "81/tcp": null}; what is written in
// another form is left out.
std::vector<PublishedPort> read_port_map(const Fields& ports) {
    std::vector<PublishedPort> published;
    for (const auto& key : ports.keys()) {
        const auto slash = std::min(key.find('/'), key.size());
        const auto number = parse_port(key.substr(0, slash));
        const auto protocol = slash == key.size() ? "" : key.substr(slash + 1);
        if (!number || protocol.empty()) {
            continue;
        }
        const auto bindings = ports.objects(key);
        if (bindings.empty()) {
            published.push_back({.host_ip = {}, .container_port = *number, .protocol = protocol});
        }
        for (const auto& binding : bindings) {
            const auto text = binding.text("HostPort");
            const auto host_port = text.empty() ? 0 : parse_port(text);
            if (host_port) {
                published.push_back({.host_ip = binding.text("HostIp"),
                                     .host_port = *host_port,
                                     .container_port = *number,
                                     .protocol = protocol});
            }
        }
    }
    std::ranges::sort(published);
    return published;
}

ContainerDetail read_detail(const Fields& container) {
    const auto state = container.object("State");
    const auto health = state.object("Health");
    auto name = container.text("Name");
    if (name.starts_with('/')) {
        name.erase(0, 1);
    }
    const auto config = container.object("Config");
    const auto restart = container.object("HostConfig").object("RestartPolicy");
    auto policy = restart.text("Name");
    return {.id = container.text_where("Id", is_container_id),
            .name = std::move(name),
            .created = container.text("Created"),
            .finished_at = state.text("FinishedAt"),
            .labels = config.text_map("Labels"),
            .state = state_of(state.text("Status")),
            .state_word = state.text("Status"),
            .exit_code = read_int(state, "ExitCode"),
            .oom_killed = state.flag("OOMKilled"),
            .error = state.text("Error"),
            .health = health_of(health.text("Status")),
            .health_output = newest_output(health),
            .health_exit_code = newest_exit_code(health),
            .health_failing_streak = read_int(health, "FailingStreak"),
            .healthcheck_test = config.object("Healthcheck").texts("Test"),
            .restart_count = read_int(container, "RestartCount"),
            .restart_policy = policy.empty() ? "no" : std::move(policy),
            .maximum_retry_count = read_int(restart, "MaximumRetryCount"),
            .memory_limit = container.object("HostConfig").integer("Memory"),
            .started_at = state.text("StartedAt"),
            .age = std::nullopt,
            .ports = read_port_map(container.object("NetworkSettings").object("Ports")),
            .addresses = read_addresses(container)};
}

}  // namespace

Call<ContainerDetail> api::inspect_container(const std::string& id) {
    auto request = get_request("/containers/" + http::encode(id) + "/json");
    auto read = decode_object(http::summary(request), read_detail);
    auto decode = [read](const http::Response& response) {
        auto detail = read(response);
        if (detail) {
            detail->age = age_of(detail->started_at, response.header("Date"));
        }
        return detail;
    };
    return {std::move(request), std::move(decode)};
}

}  // namespace engine
