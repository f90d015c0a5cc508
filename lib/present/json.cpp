#include "present/json.hpp"

#include "diagnostics/style.hpp"
#include "present/runtime_text.hpp"
#include "present/words.hpp"

namespace present {
namespace {

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

// Every key is always there; what is not known or does not apply is null.
Json member_json(const plan::Member& member) {
    Json json;
    json["instance"] = member.instance;
    json["name"] = member.name;
    json["id"] = member.engine_id;
    json["state"] = plan::name(member.state);
    json["reason"] = or_null(member.reason);
    json["since"] = or_null(member.since);
    json["restarts"] = member.restarts ? Json(*member.restarts) : Json();
    json["health"] = or_null(std::string(word(member.health)));
    json["address"] = or_null(member.address);
    json["image_id"] = or_null(member.image_id);
    return json;
}

Json container_json(const plan::ContainerStatus& container) {
    Json json;
    json["id"] = container.id.str();
    json["type"] = word(container.type);
    json["image"] = container.image;
    json["state"] = plan::name(container.state);
    if (container.exit_code) {
        json["exit_code"] = *container.exit_code;
    }
    if (!container.reason.empty()) {
        json["reason"] = plain_reason(container.reason);
    }
    json["instances"] = {{"desired", container.desired}, {"running", container.running}};
    json["endpoints"] = Json::array();
    for (const plan::Endpoint& endpoint : container.endpoints) {
        json["endpoints"].push_back(endpoint_json(endpoint));
    }
    json["members"] = Json::array();
    for (const plan::Member& member : container.members) {
        json["members"].push_back(member_json(member));
    }
    return json;
}

Json diagnostic_json(const diagnostics::Diagnostic& diagnostic, const diagnostics::Source& source) {
    Json json;
    json["severity"] = diagnostics::word(diagnostic.severity);
    json["message"] = diagnostic.message;
    if (diagnostic.where) {
        add_span(json, location(*diagnostic.where, source));
    }
    if (!diagnostic.hint.empty()) {
        json["hint"] = diagnostic.hint;
    }
    return json;
}

}  // namespace

Json endpoint_json(const plan::Endpoint& endpoint) {
    Json json;
    json["host"] = endpoint.host;
    json["host_port"] = endpoint.host_port;
    json["container_port"] = endpoint.container_port;
    json["protocol"] = word(endpoint.protocol);
    if (!endpoint.name.empty()) {
        json["name"] = endpoint.name;
    }
    json["instance"] = endpoint.instance;
    return json;
}

Json status_json(const plan::ApplianceStatus& status) {
    Json json;
    json["id"] = status.id.str();
    json["state"] = plan::name(status.state);
    json["containers"] = Json::array();
    for (const plan::ContainerStatus& container : status.containers) {
        json["containers"].push_back(container_json(container));
    }
    return json;
}

Json status_json(const std::vector<plan::ApplianceStatus>& appliances) {
    Json json;
    json["appliances"] = Json::array();
    for (const plan::ApplianceStatus& status : appliances) {
        json["appliances"].push_back(status_json(status));
    }
    return json;
}

Json plan_json(const PlanView& view, const diagnostics::Diagnostics& notices,
               const diagnostics::Source& source) {
    Json json;
    json["id"] = view.id.str();
    json["up_to_date"] = view.plan.changes_nothing();
    json["changes"] = Json::array();
    for (const plan::Change& change : view.plan.changes) {
        json["changes"].push_back({{"kind", word(change.kind)},
                                   {"container", change.instance.container.str()},
                                   {"instance", change.instance.number},
                                   {"reason", change.reason},
                                   {"changed", change.changed}});
    }
    json["unchanged"] = view.plan.unchanged;
    json["images_to_pull"] = view.images_to_pull;
    json["powers"] = Json::array();
    for (const appliance::Power& power : view.powers) {
        json["powers"].push_back({{"container", power.container.str()},
                                  {"power", word(power.kind)},
                                  {"what", power.what}});
    }
    json["warnings"] = diagnostics_json(notices, source);
    return json;
}

Json diagnostics_json(const diagnostics::Diagnostics& diagnostics,
                      const diagnostics::Source& source) {
    Json json = Json::array();
    for (const diagnostics::Diagnostic& diagnostic : diagnostics) {
        json.push_back(diagnostic_json(diagnostic, source));
    }
    return json;
}

void add_span(Json& json, const Location& where) {
    if (where.begin) {
        json["line"] = where.begin->line;
        json["column"] = where.begin->column;
    }
    if (where.end) {
        json["end_line"] = where.end->line;
        json["end_column"] = where.end->column;
    }
}

std::string to_text(const Json& json) {
    constexpr int indent = 2;
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace present
