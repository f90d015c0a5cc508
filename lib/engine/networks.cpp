#include <algorithm>

#include "engine/ids.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

// {"<id>": {"Name": "shop.web.1", ...}}
std::vector<std::string> names_on(const Fields& network) {
    const auto containers = network.object("Containers");
    std::vector<std::string> names;
    for (const auto& id : containers.keys()) {
        names.push_back(containers.object(id).text("Name"));
    }
    std::ranges::sort(names);
    return names;
}

std::string ipv4_subnet(const Fields& network) {
    for (const auto& range : network.object("IPAM").objects("Config")) {
        if (auto subnet = range.text("Subnet"); subnet.find(':') == std::string::npos) {
            return subnet;
        }
    }
    return {};
}

Network read_network(const Fields& network) {
    return {.id = network.text_where("Id", is_network_id),
            .name = network.text("Name"),
            .labels = network.text_map("Labels"),
            .subnet = ipv4_subnet(network),
            .containers = names_on(network)};
}

Json network_body(const CreateNetwork& network) {
    Json body = {{"Name", network.name},
                 {"Driver", "bridge"},
                 {"Labels", network.labels},
                 {"CheckDuplicate", true}};
    if (!network.subnet.empty()) {
        body["IPAM"]["Config"] = Json::array({{{"Subnet", network.subnet}}});
    }
    return body;
}

std::string read_new_id(const Fields& reply) { return reply.text_where("Id", is_network_id); }

}  // namespace

Call<std::vector<Network>> api::list_networks(const Filters& filters) {
    const auto narrowed = to_text(filters_json(filters, NamesOf::others));
    auto request = get_request(http::with_query("/networks", {{"filters", narrowed}}));
    auto decode = decode_array(http::summary(request), read_network);
    return {std::move(request), std::move(decode)};
}

Call<Network> api::inspect_network(const std::string& id) {
    auto request = get_request("/networks/" + http::encode(id));
    auto decode = decode_object(http::summary(request), read_network);
    return {std::move(request), std::move(decode)};
}

Call<std::string> api::create_network(const CreateNetwork& network) {
    auto request = post_request("/networks/create", network_body(network));
    auto decode = decode_object(http::summary(request), read_new_id);
    return {std::move(request), std::move(decode)};
}

Call<Changed> api::remove_network(const std::string& id) {
    return {delete_request("/networks/" + http::encode(id)), read_removed};
}

}  // namespace engine
