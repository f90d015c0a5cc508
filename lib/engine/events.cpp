#include "engine/ids.hpp"
#include "engine/json_stream.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

Result<Event> read_event(const std::string& call, const Json& json) {
    return read_object(call, json, [](const Fields& event) {
        const auto actor = event.object("Actor");
        return Event{.type = event.text("Type"),
                     .action = event.text("Action"),
                     .id = actor.text_where("ID", is_container_id),
                     .attributes = actor.text_map("Attributes")};
    });
}

}  // namespace

StreamCall<Event> api::container_events(const Filters& filters,
                                        const std::vector<std::string>& actions) {
    auto narrowed = filters_json({.labels = filters.labels}, NamesOf::containers);
    narrowed["type"] = Json::array({"container"});
    if (!filters.names.empty()) {
        narrowed["container"] = filters.names;  // of names or IDs the beginning
    }
    if (!actions.empty()) {
        narrowed["event"] = actions;
    }
    const auto text = to_text(narrowed);
    auto request = get_request(http::with_query("/events", {{"filters", text}}));
    auto decode = decode_stream<Event>(http::summary(request), read_event);
    return {std::move(request), std::move(decode)};
}

}  // namespace engine
