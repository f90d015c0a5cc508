#include <fmt/format.h>

#include "engine/ids.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "engine/restart_policy.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

// The engine publishes only what is exposed as well (up to 28, silently), and mixes up the ports
// where a list of bindings is empty: a port for the engine to choose is a binding with empty texts.
void add_ports(Json& body, const std::vector<PortBinding>& ports) {
    for (const auto& port : ports) {
        const auto key = fmt::format("{}/{}", port.container_port, port.protocol);
        const auto host_port = port.host_port == 0 ? std::string() : fmt::to_string(port.host_port);
        body["ExposedPorts"][key] = Json::object();
        body["HostConfig"]["PortBindings"][key].push_back(
            {{"HostIp", port.host_ip}, {"HostPort", host_port}});
    }
}

Json to_json(const CreateContainer& container) {
    Json body = {{"Image", container.image},
                 {"Env", container.env},
                 {"Labels", container.labels},
                 {"HostConfig",
                  {{"NetworkMode", container.network_mode},
                   {"RestartPolicy", to_json(container.restart_policy)}}}};
    if (!container.hostname.empty()) {
        body["Hostname"] = container.hostname;
    }
    if (container.entrypoint) {
        body["Entrypoint"] = *container.entrypoint;
    }
    if (container.cmd) {
        body["Cmd"] = *container.cmd;
    }
    if (container.stop_timeout) {
        body["StopTimeout"] = *container.stop_timeout;
    }
    auto& host_config = body["HostConfig"];
    if (container.cpu_shares) {
        host_config["CpuShares"] = *container.cpu_shares;
    }
    if (container.nano_cpus) {
        host_config["NanoCpus"] = *container.nano_cpus;
    }
    if (container.memory) {
        host_config["Memory"] = *container.memory;
    }
    if (!container.aliases.empty()) {
        body["NetworkingConfig"]["EndpointsConfig"][container.network_mode]["Aliases"] =
            container.aliases;
    }
    add_ports(body, container.ports);
    return body;
}

CreatedContainer read_created(const Fields& reply) {
    CreatedContainer created{.id = reply.text_where("Id", is_container_id), .warnings = {}};
    for (const auto& warning : reply.texts("Warnings")) {
        created.warnings.push_back(one_line(warning));
    }
    return created;
}

}  // namespace

Call<CreatedContainer> api::create_container(const CreateContainer& container) {
    auto request = post_request(http::with_query("/containers/create", {{"name", container.name}}),
                                to_json(container));
    auto decode = decode_object(http::summary(request), read_created);
    return {std::move(request), std::move(decode)};
}

}  // namespace engine
