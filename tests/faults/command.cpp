#include "faults/command.hpp"

#include <utility>

namespace faults {

std::unique_ptr<support::Process> start(const Command& command, const std::string& host) {
    std::vector<std::string> arguments = command.arguments;
    arguments.insert(arguments.begin(), PIVOT_BINARY);
    support::Launch launch{.command = arguments, .input = command.input};
    if (!host.empty()) {
        launch.environment["DOCKER_HOST"] = host;
    }
    return std::make_unique<support::Process>(launch);
}

support::Ended run(const Command& command, const std::string& host) {
    return start(command, host)->wait();
}

Command up(const Json& document, std::vector<std::string> options) {
    options.insert(options.begin(), {"up", "-", "--stop-timeout", "1"});
    return {std::move(options), document.dump(2)};
}

Command down(const std::string& appliance) { return {{"down", appliance, "--stop-timeout", "1"}}; }

}  // namespace faults
