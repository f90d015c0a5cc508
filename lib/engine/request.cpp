#include "engine/request.hpp"

#include <string_view>
#include <utility>

namespace engine {
namespace {

// An expression for this name and no other. A container's name is matched with a slash in front by
// some engines and without by others.
std::string exactly(std::string_view name, NamesOf of) {
    std::string expression = of == NamesOf::containers ? "^/?" : "^";
    for (const char byte : name) {
        if (std::string_view(R"(\.+*?()|[]{}^$)").find(byte) != std::string_view::npos) {
            expression += '\\';
        }
        expression += byte;
    }
    return expression + '$';
}

}  // namespace

http::Request get_request(std::string target) { return {.target = std::move(target)}; }

http::Request post_request(std::string target) {
    return {.method = http::Method::post, .target = std::move(target), .timeout = work_timeout};
}

http::Request post_request(std::string target, const Json& body) {
    return {.method = http::Method::post,
            .target = std::move(target),
            .headers = {{"Content-Type", "application/json"}},
            .body = to_text(body),
            .timeout = work_timeout};
}

http::Request delete_request(std::string target) {
    return {.method = http::Method::del, .target = std::move(target), .timeout = work_timeout};
}

Json filters_json(const Filters& filters, NamesOf names) {
    auto json = Json::object();
    if (!filters.labels.empty()) {
        json["label"] = filters.labels;
    }
    for (const auto& name : filters.names) {
        json["name"].push_back(exactly(name, names));
    }
    return json;
}

}  // namespace engine
