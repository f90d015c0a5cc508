#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/printable.hpp"
#include "cli/commands.hpp"
#include "diagnostics/nearest.hpp"
#include "present/exit_code.hpp"
#include "present/failure_text.hpp"
#include "present/json.hpp"
#include "present/status_text.hpp"
#include "present/words.hpp"

namespace cli {
namespace {

namespace exit_code = present::exit_code;

bool fits(const plan::Endpoint& endpoint, const PortFilter& filter) {
    return (!filter.container_port || endpoint.container_port == *filter.container_port) &&
           (!filter.protocol || endpoint.protocol == *filter.protocol) &&
           (filter.name.empty() || endpoint.name == filter.name);
}

present::Message unknown_container(const PortArguments& arguments,
                                   const plan::ApplianceStatus& status) {
    std::vector<std::string_view> names;
    std::string list;
    for (const plan::ContainerStatus& container : status.containers) {
        names.push_back(container.id.str());
        list += fmt::format("{}`{}`", list.empty() ? "" : ", ", container.id);
    }
    const auto near = diagnostics::nearest(arguments.container, names);
    present::Message message;
    message.headline = fmt::format("`{}` has no container `{}`", status.id, arguments.container);
    message.hint = near           ? fmt::format("did you mean `{}`?", *near)
                   : list.empty() ? "`pivot status` shows what there is"
                                  : fmt::format("it has {}", list);
    return message;
}

present::Message no_endpoint(const plan::ContainerStatus& container, const PortFilter& filter) {
    present::Message message;
    std::string ports;
    for (const plan::Endpoint& endpoint : container.endpoints) {
        const std::string port =
            fmt::format("{}/{}", endpoint.container_port, present::word(endpoint.protocol));
        if (ports.find(port) == std::string::npos) {
            ports += (ports.empty() ? "" : ", ") + port;
        }
    }
    const std::string asked = filter.container_port
                                  ? fmt::format(" for port {}", *filter.container_port)
                              : !filter.name.empty() ? fmt::format(" called `{}`", filter.name)
                                                     : "";
    message.headline = fmt::format("`{}` has no endpoint{}", container.id, asked);
    if (!ports.empty()) {
        message.hint = fmt::format("it has {}", ports);
    } else if (container.state != plan::State::running) {
        message.hint =
            fmt::format("it is {}; ports are reached while it runs", plan::name(container.state));
    } else {
        message.hint = "list its ports under `ports` in the document";
    }
    return message;
}

}  // namespace

int run(Session& session, const PortArguments& arguments) {
    Console& console = session.console;
    const auto id = appliance_id(console, arguments.appliance);
    if (!id) {
        return id.error();
    }
    const present::Subject subject{present::Subject::Command::status, *id, nullptr, nullptr};
    const auto command = connect(session, subject);
    if (!command) {
        return command.error();
    }
    const auto status = apply::status((*command)->run, *id, session.environment.advertised_host);
    if (!status) {
        console.say(present::explain(status.error(), subject));
        return present::exit_code_of(status.error());
    }
    const auto tell = [&](const present::Json& endpoints, std::string_view lines) {
        switch (session.common.output) {
            case Common::Output::json:
                console.result(present::to_text(present::Json{{"endpoints", endpoints}}));
                break;
            case Common::Output::text: console.result(lines); break;
        }
    };
    present::Json endpoints = present::Json::array();
    std::string lines;
    const auto container =
        std::find_if(status->containers.begin(), status->containers.end(),
                     [&](const auto& one) { return one.id.str() == arguments.container; });
    if (container == status->containers.end()) {
        tell(endpoints, lines);
        console.say(unknown_container(arguments, *status));
        return exit_code::not_in_goal_state;
    }
    for (const plan::Endpoint& endpoint : container->endpoints) {
        if (fits(endpoint, arguments.filter)) {
            endpoints.push_back(present::endpoint_json(endpoint));
            lines += base::printable(present::address(endpoint)) + "\n";
        }
    }
    tell(endpoints, lines);
    if (lines.empty()) {
        console.say(no_endpoint(*container, arguments.filter));
        return exit_code::not_in_goal_state;
    }
    return exit_code::done;
}

}  // namespace cli
