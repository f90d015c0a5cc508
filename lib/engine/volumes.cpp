#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

Volume read_volume(const Fields& volume) {
    return {.name = volume.text("Name"),
            .labels = volume.text_map("Labels"),
            .driver = volume.text("Driver"),
            .driver_options = volume.text_map("Options")};
}

Json volume_body(const CreateVolume& volume) {
    Json body = {{"Name", volume.name}, {"Labels", volume.labels}};
    if (!volume.driver.empty()) {
        body["Driver"] = volume.driver;
    }
    if (!volume.driver_options.empty()) {
        body["DriverOpts"] = volume.driver_options;
    }
    return body;
}

std::vector<Volume> read_volumes(const Fields& reply) {
    std::vector<Volume> volumes;
    for (const auto& volume : reply.objects("Volumes")) {
        volumes.push_back(read_volume(volume));
    }
    return volumes;
}

}  // namespace

Call<std::vector<Volume>> api::list_volumes(const Filters& filters) {
    const auto narrowed = to_text(filters_json(filters, NamesOf::others));
    auto request = get_request(http::with_query("/volumes", {{"filters", narrowed}}));
    auto decode = decode_object(http::summary(request), read_volumes);
    return {std::move(request), std::move(decode)};
}

Call<Volume> api::create_volume(const CreateVolume& volume) {
    auto request = post_request("/volumes/create", volume_body(volume));
    auto decode = decode_object(http::summary(request), read_volume);
    return {std::move(request), std::move(decode)};
}

Call<Changed> api::remove_volume(const std::string& name) {
    return {delete_request("/volumes/" + http::encode(name)), read_removed};
}

}  // namespace engine
