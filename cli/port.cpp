#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/printable.hpp"
#include "cli/commands.hpp"
#include "cli/missing_appliance.hpp"
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

present::Problem unknown_container(const PortArguments& arguments,
                                   const plan::ApplianceStatus& status) {
    std::vector<std::string_view> names;
    std::string list;
    for (const plan::ContainerStatus& container : status.containers) {
        names.push_back(container.id.str());
        list += fmt::format("{}`{}`", list.empty() ? "" : ", ", container.id);
    }
    const auto near = diagnostics::nearest(arguments.container, names);
    present::Problem problem{present::ErrorCode::no_such_container};
    problem.appliance = status.id.str();
    problem.container = arguments.container;
    present::Message& message = problem.message;
    message.headline = fmt::format("`{}` has no container `{}`", status.id, arguments.container);
    message.hint = near           ? fmt::format("did you mean `{}`?", *near)
                   : list.empty() ? "`pivot status` shows what there is"
                                  : fmt::format("it has {}", list);
    return problem;
}

present::Problem no_endpoint(const plan::ApplianceStatus& status,
                             const plan::ContainerStatus& container, const PortFilter& filter) {
    present::Problem problem{present::ErrorCode::no_such_endpoint};
    problem.appliance = status.id.str();
    problem.container = container.id.str();
    present::Message& message = problem.message;
    std::vector<std::string> ports;
    std::vector<std::string_view> names;
    for (const plan::Endpoint& endpoint : container.endpoints) {
        std::string port =
            fmt::format("{}/{}", endpoint.container_port, present::word(endpoint.protocol));
        if (!endpoint.name.empty()) {
            names.push_back(endpoint.name);
            port = fmt::format("`{}` ({})", endpoint.name, port);
        }
        if (std::find(ports.begin(), ports.end(), port) == ports.end()) {
            ports.push_back(std::move(port));
        }
    }
    const auto near = diagnostics::nearest(filter.name, names);
    const std::string asked = filter.container_port
                                  ? fmt::format(" for port {}", *filter.container_port)
                              : !filter.name.empty() ? fmt::format(" called `{}`", filter.name)
                                                     : "";
    message.headline = fmt::format("`{}` has no endpoint{}", container.id, asked);
    if (near && !filter.name.empty()) {
        message.hint = fmt::format("did you mean `{}`?", *near);
    } else if (!ports.empty()) {
        message.hint = fmt::format("it has {}", fmt::join(ports, ", "));
    } else if (container.state != plan::State::running) {
        message.hint =
            fmt::format("it is {}; ports are reached while it runs", plan::name(container.state));
    } else {
        message.hint = "list its ports under `ports` in the document";
    }
    return problem;
}

int tell_endpoints(Session& session, const PortArguments& arguments, apply::Run& run,
                   const present::Subject& subject) {
    Console& console = session.console;
    const auto status = apply::status(run, subject.id, session.environment.advertised_host);
    if (!status) {
        session.fail(explain(run, status.error(), subject));
        return present::exit_code_of(status.error());
    }
    const auto tell = [&](const present::Json& endpoints, std::string_view lines) {
        switch (session.common.output) {
            case Common::Output::json: session.result = {{"endpoints", endpoints}}; break;
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
        session.fail(unknown_container(arguments, *status));
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
        session.fail(no_endpoint(*status, *container, arguments.filter));
        return exit_code::not_in_goal_state;
    }
    return exit_code::done;
}

}  // namespace

int run(Session& session, const PortArguments& arguments) {
    return with_appliance(session, arguments.appliance, present::Subject::Command::status, nullptr,
                          [&](apply::Run& run, const present::Subject& subject) {
                              return tell_endpoints(session, arguments, run, subject);
                          });
}

}  // namespace cli
