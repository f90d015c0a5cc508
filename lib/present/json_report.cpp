#include "present/json_report.hpp"

#include "base/version.hpp"

namespace present {
namespace {

Json error_json(const Problem& problem) {
    Json json;
    json["code"] = word(problem.code);
    json["message"] = problem.message.headline;
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty()) {
            json[key] = value;
        }
    };
    add("hint", problem.message.hint);
    add("appliance", problem.appliance);
    add("container", problem.container);
    if (problem.instance) {
        json["instance"] = *problem.instance;
    }
    if (problem.exit_code) {
        json["exit_code"] = *problem.exit_code;
    }
    if (problem.where) {
        json["file"] = problem.where->file;
        add_span(json, *problem.where);
    }
    if (problem.check) {
        json["check"] = {{"asked", problem.check->asked}, {"answer", problem.check->answer}};
    }
    add("engine_message", problem.engine_message);
    if (!problem.log.empty()) {
        json["log"] = problem.log;
    }
    if (!problem.blocks.empty()) {
        json["blocks"] = problem.blocks;
    }
    return json;
}

}  // namespace

Json report_json(int exit_code, const Json& result, const Problems& problems) {
    Json json;
    json["schema"] = json_schema;
    json["pivot"] = base::version;
    json["exit_code"] = exit_code;
    for (const auto& [key, value] : result.items()) {
        json[key] = value;
    }
    if (!problems.empty()) {
        json["errors"] = Json::array();
        for (const Problem& problem : problems) {
            json["errors"].push_back(error_json(problem));
        }
    }
    return json;
}

}  // namespace present
