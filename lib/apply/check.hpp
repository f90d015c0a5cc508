#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "appliance/appliance.hpp"
#include "engine/client.hpp"
#include "http/probe.hpp"
#include "plan/observed.hpp"

// One run of a check, from here or by a command in the container.
namespace apply {

inline constexpr const char* this_machine = "127.0.0.1";  // where host mode is reached

// Where `asked` (its host is of no matter) may be reached in a container: at its own addresses,
// then at its published port.
[[nodiscard]] std::vector<http::ProbeTarget> reachable_at(
    const http::ProbeTarget& asked, const std::vector<std::string>& addresses,
    const std::vector<plan::BoundPort>& ports);
// The same for the check of a container as an inspect tells it; none when it no longer runs.
[[nodiscard]] std::vector<http::ProbeTarget> targets_of(const engine::ContainerDetail& detail,
                                                        const appliance::Container& container);

// No answer came from that address at all, so that another one is worth a try.
[[nodiscard]] bool is_out_of_reach(const http::ProbeFailure& failure);

[[nodiscard]] std::string words(const http::ProbeFailure& failure);  // "connection refused"

// What is run in the container; none for a check that asks an address.
[[nodiscard]] std::optional<std::vector<std::string>> command_of(
    const appliance::HealthCheck& check);
// The same for a test as the engine has it: {"CMD", …} or {"CMD-SHELL", "…"}, not empty.
[[nodiscard]] std::vector<std::string> command_of(const std::vector<std::string>& test);

struct CommandResult {
    enum class Outcome { succeeded, failed, hangs };  // hangs: it goes on after its time
    Outcome outcome = Outcome::failed;
    std::string output;
};

// `done` once; not at all where the client goes first.
void run_in_container(engine::Client& client, const std::string& engine_id,
                      const std::vector<std::string>& command, std::chrono::milliseconds timeout,
                      std::function<void(CommandResult)> done);

}  // namespace apply
