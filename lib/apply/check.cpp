#include "apply/check.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "apply/translate.hpp"
#include "base/ascii.hpp"
#include "base/overload.hpp"

namespace apply {
namespace {

http::ProbeTarget target(const appliance::HealthCheck& check) {
    http::ProbeTarget target = std::visit(
        base::Overload{
            [](const appliance::CommandCheck&) { return http::ProbeTarget{}; },
            [](const appliance::ImageHealthCheck&) { return http::ProbeTarget{}; },
            [](const appliance::TcpCheck& tcp) {
                return http::ProbeTarget{.kind = http::ProbeTarget::Kind::tcp, .port = tcp.port};
            },
            [](const appliance::HttpCheck& http) {
                return http::ProbeTarget{.kind = http.scheme == appliance::HttpCheck::Scheme::https
                                                     ? http::ProbeTarget::Kind::https
                                                     : http::ProbeTarget::Kind::http,
                                         .port = http.port,
                                         .path = http.path};
            },
        },
        check.probe);
    target.timeout = check.timeout;
    return target;
}

}  // namespace

std::vector<http::ProbeTarget> reachable_at(const http::ProbeTarget& asked,
                                            const std::vector<std::string>& addresses,
                                            const std::vector<plan::BoundPort>& ports) {
    std::vector<http::ProbeTarget> targets;
    for (const std::string& address : addresses) {
        targets.push_back(asked);
        targets.back().host = address;
    }
    // IPv4 and IPv6 twins are one.
    const auto published = std::find_if(ports.begin(), ports.end(), [&](const auto& port) {
        return port.container_port == asked.port && port.protocol == appliance::Protocol::tcp &&
               port.host_ip != "::";
    });
    if (published != ports.end()) {
        const bool anywhere = published->host_ip.empty() || published->host_ip == "0.0.0.0";
        targets.push_back(asked);
        targets.back().host = anywhere ? this_machine : published->host_ip;
        targets.back().port = published->host_port;
    }
    return targets;
}

std::vector<http::ProbeTarget> targets_of(const engine::ContainerDetail& detail,
                                          const appliance::Container& container) {
    const http::ProbeTarget asked = target(*container.health_check);
    if (container.network_mode == appliance::NetworkMode::host) {
        return reachable_at(asked, {this_machine}, {});
    }
    std::vector<std::string> addresses;
    for (const auto& [network, address] : detail.addresses) {
        addresses.push_back(address);
    }
    return reachable_at(asked, addresses, to_plan(detail.ports));
}

bool is_out_of_reach(const http::ProbeFailure& failure) {
    using Kind = http::ProbeFailure::Kind;
    switch (failure.kind) {
        case Kind::unreachable:
        case Kind::timed_out: return true;
        case Kind::refused:
        case Kind::closed:
        case Kind::bad_status:
        case Kind::other: return false;
    }
    return false;
}

std::string words(const http::ProbeFailure& failure) {
    using Kind = http::ProbeFailure::Kind;
    switch (failure.kind) {
        case Kind::refused: return "connection refused";
        case Kind::unreachable: return "out of reach";
        case Kind::timed_out: return "no answer in time";
        case Kind::closed: return "it closes the connection";
        case Kind::bad_status: return fmt::format("status {}", failure.status);
        case Kind::other: return base::in_lower_case(failure.detail);
    }
    return failure.detail;
}

std::optional<std::vector<std::string>> command_of(const appliance::HealthCheck& check) {
    return std::visit(
        base::Overload{
            [](const appliance::CommandCheck& command) {
                return std::optional(std::vector<std::string>{"/bin/sh", "-c", command.line});
            },
            [](const appliance::ImageHealthCheck& image) {
                return std::optional(command_of(image.test));
            },
            [](const auto&) { return std::optional<std::vector<std::string>>(); },
        },
        check.probe);
}

std::vector<std::string> command_of(const std::vector<std::string>& test) {
    std::vector<std::string> command(test.begin() + 1, test.end());
    if (test.front() == "CMD-SHELL") {
        command.insert(command.begin(), {"/bin/sh", "-c"});
    }
    return command;
}

void run_in_container(engine::Client& client, const std::string& engine_id,
                      const std::vector<std::string>& command, std::chrono::milliseconds timeout,
                      std::function<void(CommandResult)> done) {
    using Outcome = CommandResult::Outcome;
    client.send(engine::api::create_exec(engine_id, command),
                [&client, timeout, done = std::move(done)](engine::Result<std::string> exec) {
                    if (!exec) {
                        done({Outcome::failed, ""});
                        return;
                    }
                    client.send(
                        engine::api::start_exec(*exec, timeout),
                        [&client, id = *exec, done](engine::Result<std::string> output) {
                            if (!output) {
                                const bool refused =
                                    std::holds_alternative<engine::Refused>(output.error());
                                done({refused ? Outcome::failed : Outcome::hangs, ""});
                                return;
                            }
                            client.send(
                                engine::api::inspect_exec(id),
                                [done, text = std::move(*output)](
                                    const engine::Result<engine::ExecState>& state) {
                                    const bool good = state && state->exit_code == 0;
                                    done({good ? Outcome::succeeded : Outcome::failed, text});
                                });
                        });
                });
}

}  // namespace apply
