#include <fmt/format.h>

#include "engine/host_config.hpp"
#include "engine/ids.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

void add_text(Json& json, const char* name, const std::string& text) {
    if (!text.empty()) {
        json[name] = text;
    }
}

Json healthcheck_json(const Healthcheck& check) {
    Json json = {{"Test", check.test}};
    const auto add_time = [&json](const char* name, std::chrono::nanoseconds time) {
        if (time.count() > 0) {
            json[name] = time.count();
        }
    };
    add_time("Interval", check.interval);
    add_time("Timeout", check.timeout);
    add_time("StartPeriod", check.start_period);
    add_time("StartInterval", check.start_interval);
    if (check.retries > 0) {
        json["Retries"] = check.retries;
    }
    return json;
}

Json endpoint_json(const CreateContainer& container) {
    Json json;
    if (!container.aliases.empty()) {
        json["Aliases"] = container.aliases;
    }
    if (!container.ipv4_address.empty()) {
        json["IPAMConfig"]["IPv4Address"] = container.ipv4_address;
    }
    return json;
}

Json container_body(const CreateContainer& container) {
    Json body = {{"Image", container.image},
                 {"Env", container.env},
                 {"Labels", container.labels},
                 {"HostConfig", host_config(container)}};
    add_text(body, "Hostname", container.hostname);
    add_text(body, "WorkingDir", container.working_dir);
    add_text(body, "User", container.user);
    add_text(body, "StopSignal", container.stop_signal);
    if (container.entrypoint) {
        body["Entrypoint"] = *container.entrypoint;
    }
    if (container.cmd) {
        body["Cmd"] = *container.cmd;
    }
    if (container.stop_timeout) {
        body["StopTimeout"] = *container.stop_timeout;
    }
    if (container.healthcheck) {
        body["Healthcheck"] = healthcheck_json(*container.healthcheck);
    }
    if (auto endpoint = endpoint_json(container); !endpoint.empty()) {
        body["NetworkingConfig"]["EndpointsConfig"][container.network_mode] = std::move(endpoint);
    }
    // Engines up to 28 silently publish only what is exposed as well.
    for (const auto& port : container.ports) {
        body["ExposedPorts"][fmt::format("{}/{}", port.container_port, port.protocol)] =
            Json::object();
    }
    return body;
}

std::string create_target(const CreateContainer& container) {
    constexpr auto path = "/containers/create";
    return container.platform.empty() ? http::with_query(path, {{"name", container.name}})
                                      : http::with_query(path, {{"name", container.name},
                                                                {"platform", container.platform}});
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
    auto request = post_request(create_target(container), container_body(container));
    auto decode = decode_object(http::summary(request), read_created);
    return {std::move(request), std::move(decode)};
}

}  // namespace engine
