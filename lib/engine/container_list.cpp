#include <algorithm>

#include "engine/age.hpp"
#include "engine/container_state.hpp"
#include "engine/ids.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "engine/status_text.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

// A linked container has its name under every container that links to it as well: /other/alias.
std::string own_name(const std::vector<std::string>& names) {
    for (const std::string_view name : names) {
        if (name.starts_with('/') && name.find('/', 1) == std::string_view::npos) {
            return std::string(name.substr(1));
        }
    }
    return {};  // while it is being removed
}

std::vector<PublishedPort> read_port_list(const Fields& container) {
    std::vector<PublishedPort> ports;
    for (const auto& port : container.objects("Ports")) {
        ports.push_back({.host_ip = port.text("IP"),
                         .host_port = port_number(port, "PublicPort"),
                         .container_port = port_number(port, "PrivatePort"),
                         .protocol = port.text("Type")});
    }
    std::ranges::sort(ports);
    return ports;
}

std::map<std::string, std::string> read_networks(const Fields& container) {
    std::map<std::string, std::string> ids;
    const auto networks = container.object("NetworkSettings").object("Networks");
    for (const auto& name : networks.keys()) {
        ids[name] = networks.object(name).text("NetworkID");
    }
    return ids;
}

ContainerSummary read_summary(const Fields& container) {
    auto status = container.text("Status");
    const auto health = health_in(status);
    const auto exit_code = exit_code_in(status);
    return {.id = container.text_where("Id", is_container_id),
            .name = own_name(container.texts("Names")),
            .image = container.text("Image"),
            .image_id = container.text("ImageID"),
            .state = state_of(container.text("State")),
            .state_word = container.text("State"),
            .status = std::move(status),
            .created = container.integer("Created"),
            .created_ago = std::nullopt,
            .labels = container.text_map("Labels"),
            .ports = read_port_list(container),
            .network_mode = container.object("HostConfig").text("NetworkMode"),
            .networks = read_networks(container),
            .addresses = read_addresses(container),
            .health = health,
            .exit_code = exit_code};
}

}  // namespace

Call<std::vector<ContainerSummary>> api::list_containers(const Filters& filters) {
    const auto narrowed = to_text(filters_json(filters, NamesOf::containers));
    auto request =
        get_request(http::with_query("/containers/json", {{"all", "1"}, {"filters", narrowed}}));
    auto read = decode_array(http::summary(request), read_summary);
    auto decode = [read](const http::Response& response) {
        auto containers = read(response);
        if (const auto now = read_date(response.header("Date")); containers && now) {
            for (ContainerSummary& container : *containers) {
                container.created_ago = std::chrono::seconds(*now - container.created);
            }
        }
        return containers;
    };
    return {std::move(request), std::move(decode)};
}

}  // namespace engine
